import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";

const MODEL = "jamaa.plan.dashboard";
const BACK = 12;

/**
 * The page of who directs: a few numbers of everything the commune does, each with the list behind it. It shows what
 * the server counted with the reader's own rights; nothing is computed here.
 */
export class Dashboard extends Component {
    static template = "jamaa_actionplan.Dashboard";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({ page: null });
        onWillStart(() => this.load());
    }

    /** What the page on the screen answers: its lists and its paper are of just that. */
    get question() {
        const { grain, back, department_id } = this.state.page;
        return { grain, back, department_id };
    }

    get grains() {
        return [
            { value: "month", label: _t("Month") },
            { value: "quarter", label: _t("Three months") },
            { value: "year", label: _t("Year") },
        ];
    }

    get mayGoBack() {
        return this.state.page.back < BACK;
    }

    /** Ask for another page; the last one asked for is shown, whatever comes first. */
    async load(change = {}) {
        const asked = { ...(this.state.page ? this.question : {}), ...change };
        const page = await this.keepLast.add(this.orm.call(MODEL, "dashboard_page", [], asked));
        this.state.page = page;
    }

    setGrain(ev) {
        return this.load({ grain: ev.target.value, back: 0 });
    }

    setDepartment(ev) {
        return this.load({ department_id: Number(ev.target.value) || false });
    }

    step(by) {
        return this.load({ back: this.state.page.back + by });
    }

    async open(tile, line) {
        const action = await this.orm.call(MODEL, "dashboard_open", [tile.code, line.key], this.question);
        return this.action.doAction(action);
    }

    async print() {
        return this.action.doAction(await this.orm.call(MODEL, "dashboard_print", [], this.question));
    }
}

registry.category("actions").add("jamaa_actionplan.dashboard", Dashboard);
