import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
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
        this.state = useState({ page: null, grain: "month", back: 0, department: false });
        onWillStart(() => this.load());
    }

    get question() {
        return { grain: this.state.grain, back: this.state.back, department_id: this.state.department };
    }

    get grains() {
        return [
            { value: "month", label: _t("Month") },
            { value: "quarter", label: _t("Three months") },
            { value: "year", label: _t("Year") },
        ];
    }

    get mayGoBack() {
        return this.state.back < BACK;
    }

    async load() {
        this.state.page = await this.orm.call(MODEL, "dashboard_page", [], this.question);
    }

    setGrain(ev) {
        Object.assign(this.state, { grain: ev.target.value, back: 0 });
        return this.load();
    }

    setDepartment(ev) {
        this.state.department = Number(ev.target.value) || false;
        return this.load();
    }

    step(by) {
        this.state.back += by;
        return this.load();
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
