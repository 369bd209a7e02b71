from . import helpdesk_ticket, jamaa_complaint_milestone, jamaa_complaint_recurrence, project_task
