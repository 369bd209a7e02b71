import { registry } from "@web/core/registry";
import { FormCompiler } from "@web/views/form/form_compiler";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";
import { StatusBarButtons } from "@web/views/form/status_bar_buttons/status_bar_buttons";

/** More next steps than this are no help: the rest waits in the menu. */
const MOST_STEPS = 3;
const DIVIDER = "separator[name='rare_steps']";

/**
 * The header of a case: the next steps as buttons, the first one that leads on as the main
 * one, and every other step in a menu beside them.
 */
export class CaseSteps extends StatusBarButtons {
    static template = "jamaa_complaints.CaseSteps";

    /** What may be done now, in the order of the view. */
    get shown() {
        const names = this.visibleSlotNames.filter((name) => !this.props.slots[name].isRare);
        return names.slice(0, this.env.isSmall ? 1 : MOST_STEPS);
    }

    get others() {
        const shown = this.shown;
        return this.visibleSlotNames.filter((name) => !shown.includes(name));
    }

    /** The main step is the first shown that leads on; there is one at most. */
    rank(name) {
        const main = this.shown.find((shown) => this.props.slots[shown].leadsOn);
        return name === main ? "btn-primary" : "btn-secondary";
    }
}

/** Tells each button of the header whether it leads on, and whether it stands behind the divider. */
export class CaseFormCompiler extends FormCompiler {
    compileHeader(el, params) {
        const header = el.cloneNode(true);
        const rare = new Set(header.querySelectorAll(`${DIVIDER} ~ button`));
        for (const button of header.querySelectorAll("button")) {
            const isRare = rare.has(button);
            const leadsOn = button.classList.contains("btn-primary");
            button.classList.remove("btn-primary", "btn-secondary");
            button.classList.add(isRare ? "o_jamaa_rare" : leadsOn ? "o_jamaa_leads_on" : "o_jamaa_step");
        }
        header.querySelector(DIVIDER)?.remove();
        const statusBar = super.compileHeader(header, params);
        for (const slot of statusBar.querySelectorAll("StatusBarButtons > t")) {
            const button = slot.firstElementChild;
            const className = button.getAttribute("className") || "";
            slot.setAttribute("isRare", className.includes("o_jamaa_rare"));
            slot.setAttribute("leadsOn", className.includes("o_jamaa_leads_on"));
            slot.setAttribute("t-slot-scope", "step");
            button.setAttribute("defaultRank", "step.rank");
        }
        return statusBar;
    }
}

export class CaseFormRenderer extends FormRenderer {
    static components = { ...FormRenderer.components, StatusBarButtons: CaseSteps };
}

/** What a case said is not kept on the device: it may have been closed to its reader, or erased, since. */
export class CaseModel extends formView.Model {
    static withCache = false;
}

registry.category("views").add("jamaa_case_form", {
    ...formView,
    Model: CaseModel,
    Compiler: CaseFormCompiler,
    Renderer: CaseFormRenderer,
});
