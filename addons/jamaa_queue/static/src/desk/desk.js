import { Component, onWillStart, onWillUnmount, useExternalListener, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { newKey } from "@jamaa_reception/backend/new_key";

import { minutesSince, useLiveSite } from "../shared/live_site";

const MODEL = "jamaa.queue.desk.screen";
/** On which desk this computer stands. */
const REMEMBERED = "jamaa_queue.desk";

/**
 * The clerk's screen. One key leads through the whole day: Enter (or the space bar) calls the next,
 * then says that the person is here, then finishes and calls the next.
 */
export class QueueDesk extends Component {
    static template = "jamaa_queue.Desk";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.live = useLiveSite(() => this.refresh());
        this.start = { sites: [], desks: [], takes_requests: false };
        this.state = useState({
            desk: 0,
            data: null,
            current: false,
            busy: false,
            nobody: false,
            panel: "",
            now: Date.now(),
        });
        this.clock = browser.setInterval(() => (this.state.now = Date.now()), 5000);
        onWillUnmount(() => browser.clearInterval(this.clock));
        useExternalListener(window, "keydown", (ev) => this.onKey(ev));
        onWillStart(async () => {
            this.start = await this.call("desk_start");
            const kept = Number(browser.localStorage.getItem(REMEMBERED));
            const known = this.start.desks.find((desk) => desk.id === kept);
            const only = this.start.desks.length === 1 && this.start.desks[0];
            if (known || only) {
                await this.stand((known || only).id);
            }
        });
    }

    call(method, ...args) {
        return this.orm.call(MODEL, method, args);
    }

    // ---- state ----

    async stand(desk) {
        this.state.desk = desk;
        browser.localStorage.setItem(REMEMBERED, String(desk));
        await this.refresh();
    }

    leave() {
        browser.localStorage.removeItem(REMEMBERED);
        Object.assign(this.state, { desk: 0, data: null, current: false, panel: "" });
    }

    async refresh() {
        const desk = this.state.desk;
        if (desk) {
            const data = await this.call("desk_state", desk);
            if (desk === this.state.desk) {
                this.show(data);
            }
        }
    }

    show(data) {
        this.live.listen(data.channel);
        this.state.data = data;
        // While a step is under way, what it answers is newer than what was looked at meanwhile.
        if (!this.state.busy) {
            this.state.current = data.current;
        }
    }

    get isOpen() {
        return this.state.data?.desk.state === "open";
    }

    get deskName() {
        return this.state.data?.desk.name;
    }

    minutes(moment) {
        return minutesSince(moment, this.state.now);
    }

    get services() {
        // What a step answers is brief; the rest follows with the next look.
        return this.state.current?.services || [];
    }

    get serviceNow() {
        return this.services.find((line) => !line.done);
    }

    /** One call at a time: a key that is held calls one person. */
    async once(step) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        this.state.nobody = false;
        try {
            await step();
        } finally {
            this.state.busy = false;
            await this.refresh();
        }
    }

    // ---- keys ----

    onKey(ev) {
        const typing = ev.target.closest?.("input, select, textarea, .o_dialog, .dropdown-menu");
        if (typing || ev.ctrlKey || ev.altKey || ev.metaKey || ev.repeat || !this.state.data) {
            return;
        }
        const key = ev.key.toLowerCase();
        if (key === "escape" && this.state.panel) {
            ev.preventDefault();
            this.state.panel = "";
            return;
        }
        if (key === " " || key === "enter") {
            // A button that has the focus is pressed by these keys already.
            if (!ev.target.closest?.("button, a, summary")) {
                ev.preventDefault();
                this.forward();
            }
            return;
        }
        const steps = { r: "recall", n: "miss", p: "park", f: "finish" };
        if (this.state.current && steps[key] && this.can(steps[key])) {
            ev.preventDefault();
            this.step(steps[key]);
        } else if (this.state.current && key === "t") {
            ev.preventDefault();
            this.toggle("transfer");
        }
    }

    can(step) {
        const state = this.state.current && this.state.current.state;
        return step === "recall" || step === "miss" || step === "serve" ? state === "called" : Boolean(state);
    }

    /** The one key: open, call, here, finish and call. */
    forward() {
        if (!this.isOpen) {
            return this.setState("open");
        }
        return this.state.current && this.state.current.state === "called" ? this.step("serve") : this.next();
    }

    // ---- steps ----

    next() {
        return this.once(async () => {
            const seen = this.state.current ? this.state.current.id : 0;
            this.state.current = await this.call("desk_next", this.state.desk, seen);
            this.state.nobody = !this.state.current;
            this.state.panel = "";
        });
    }

    pick(ticket) {
        return this.once(async () => {
            this.state.current = await this.call("desk_pick", this.state.desk, ticket.id, 0);
        });
    }

    step(name) {
        return this.once(async () => {
            this.state.current = await this.call("desk_step", this.state.desk, this.state.current.id, name);
            this.state.panel = "";
        });
    }

    transfer(queue, desk = false) {
        return this.once(async () => {
            const { id } = this.state.current;
            this.state.current = await this.call("desk_transfer", this.state.desk, id, queue, desk);
            this.state.panel = "";
        });
    }

    back(ticket, step) {
        return this.once(() => this.call("desk_return", this.state.desk, ticket.id, step));
    }

    take(code) {
        return this.once(async () => {
            this.state.current = await this.call("desk_take", this.state.desk, code, newKey());
            this.state.panel = "";
        });
    }

    setState(state) {
        return this.once(() => this.call("desk_set_state", this.state.desk, state));
    }

    alarm() {
        return this.once(() => this.call("desk_alarm", this.state.desk));
    }

    toggle(panel) {
        this.state.panel = this.state.panel === panel ? "" : panel;
    }

    // ---- what belongs to the procedure ----

    openSheet(procedure) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "jamaa.procedure",
            res_id: procedure,
            views: [[false, "form"]],
            target: "new",
        });
    }

    openCounter(procedure) {
        return this.action.doAction({
            type: "ir.actions.client",
            tag: "jamaa_reception.counter",
            params: { procedure },
        });
    }
}

registry.category("actions").add("jamaa_queue.desk", QueueDesk);
