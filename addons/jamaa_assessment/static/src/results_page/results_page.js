import { Component, onWillStart, useRef, useState } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useService } from "@web/core/utils/hooks";

const ROUND = "jamaa.assessment.round";

/**
 * The results of a validated round, to be read together, printed and talked about. It draws what the server says
 * (pictures included): no figure is computed here, and nothing a reader may not see arrives.
 */
export class ResultsPage extends Component {
    static template = "jamaa_assessment.ResultsPage";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({ page: null, all: false });
        onWillStart(async () => {
            this.state.page = await this.orm.call(ROUND, "results_page", [this.roundId]);
        });
    }

    get roundId() {
        return this.props.action.params.round_id;
    }

    /** Items with something to ask; all of them when the reader wants so. */
    get shown() {
        return this.state.all ? this.state.page.shown : this.state.page.shown.filter((row) => row.question);
    }

    get hiddenCount() {
        return this.state.page.shown.filter((row) => !row.question).length;
    }

    open(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openItem(row) {
        return this.open("jamaa.assessment.consensus", row.id);
    }

    openPriority(row) {
        return this.open("jamaa.assessment.priority", row.id);
    }

    /** Go to a part of the page, with the keyboard's focus on its title. */
    goTo(id) {
        const title = this.root.el.querySelector(`#${id}`);
        title.scrollIntoView({ block: "start" });
        title.focus({ preventScroll: true });
    }

    /** The buttons of the round: report, text document, spreadsheet. */
    async call(name) {
        return this.action.doAction(await this.orm.call(ROUND, name, [[this.roundId]]));
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("jamaa_assessment.results_page", ResultsPage);
