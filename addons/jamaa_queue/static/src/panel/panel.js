import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { minutesSince, useLiveSite } from "../shared/live_site";

const MODEL = "jamaa.queue.panel.screen";

/** Queues, desks, the longest wait and calls for help of one site, as they are now. */
export class QueuePanel extends Component {
    static template = "jamaa_queue.Panel";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.live = useLiveSite(() => this.load(this.state.data.site));
        this.state = useState({
            data: { sites: [], queues: [], desks: [], alarms: [], today: {} },
            now: Date.now(),
        });
        this.clock = browser.setInterval(() => (this.state.now = Date.now()), 5000);
        onWillUnmount(() => browser.clearInterval(this.clock));
        onWillStart(() => this.load());
    }

    async load(site = null) {
        this.show(await this.orm.call(MODEL, "panel_state", [site]));
    }

    show(data) {
        this.state.data = data;
        this.live.listen(data.channel);
    }

    changeSite(ev) {
        return this.load(Number(ev.target.value));
    }

    minutes(moment) {
        return minutesSince(moment, this.state.now);
    }

    async answer(desk) {
        this.show(await this.orm.call(MODEL, "panel_answer", [desk]));
    }

    async assign(desk, queue, calls) {
        this.show(await this.orm.call(MODEL, "panel_assign", [desk, queue, calls]));
    }

    async close(desk) {
        this.show(await this.orm.call(MODEL, "panel_close_desk", [desk]));
    }

    open(queue) {
        return this.action.doAction("jamaa_queue.jamaa_queue_ticket_action", {
            additionalContext: {
                search_default_queue_id: queue,
                search_default_waiting: 1,
                search_default_today: 0,
            },
        });
    }
}

registry.category("actions").add("jamaa_queue.panel", QueuePanel);
