import { Component, onWillStart, onWillUnmount, useExternalListener, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { newKey } from "@jamaa_reception/backend/new_key";

const MODEL = "jamaa.reception.log";
const KEYS = 9;

/**
 * One tap for each visit: what was done, or where the person was sent. Numbers only.
 * The nine most used buttons have the keys 1 to 9; the last taps can be taken back for a minute.
 */
export class ReceptionLog extends Component {
    static template = "jamaa_reception.Log";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.start = {
            sites: [],
            desks: [],
            languages: [],
            categories: [],
            procedures: [],
            buttons: [],
            undo: 60,
        };
        this.state = useState({
            site: false,
            desk: 0,
            procedure: 0,
            category: 0,
            language: 0,
            quantity: 1,
            more: false,
            today: { counts: {}, total: 0 },
            taps: [],
            busy: false,
            now: Date.now(),
        });
        this.clock = browser.setInterval(() => this.tick(), 1000);
        onWillUnmount(() => browser.clearInterval(this.clock));
        useExternalListener(window, "keydown", (ev) => this.onKey(ev));
        onWillStart(() => this.load());
    }

    call(method, ...args) {
        return this.orm.call(MODEL, method, args);
    }

    async load(site = null) {
        this.start = await this.call("log_start", site);
        Object.assign(this.state, { site: this.start.site, desk: 0, today: this.start.today, taps: [] });
    }

    /** Taps older than a minute leave the list: from then on a reason is needed. */
    tick() {
        this.state.now = Date.now();
        if (this.state.taps.length) {
            this.state.taps = this.state.taps.filter((tap) => this.left(tap) > 0);
        }
    }

    left(tap) {
        return Math.max(0, Math.ceil(this.start.undo - (this.state.now - tap.at) / 1000));
    }

    count(button) {
        return this.state.today.counts[button.code] || 0;
    }

    key(rank) {
        return rank < KEYS ? rank + 1 : "";
    }

    onKey(ev) {
        const typing = ev.target.closest?.("input, select, textarea, .o_dialog");
        if (typing || ev.ctrlKey || ev.altKey || ev.metaKey || ev.repeat) {
            return;
        }
        const button = /^[1-9]$/.test(ev.key) && this.start.buttons[Number(ev.key) - 1];
        if (button) {
            ev.preventDefault();
            this.tap(button);
        } else if (ev.key === "Backspace" && this.state.taps.length) {
            ev.preventDefault();
            this.undo(this.state.taps[0]);
        }
    }

    /** One call at a time: a finger that trembles counts once. */
    async once(step) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await step();
        } finally {
            this.state.busy = false;
        }
    }

    tap(button) {
        return this.once(async () => {
            const { site, desk, procedure, category, language, quantity } = this.state;
            const values = { desk, procedure, category, language, quantity };
            // A tap that found no line is the same tap when it is tried again.
            const key = this.unsure?.code === button.code ? this.unsure.key : newKey();
            this.unsure = { code: button.code, key };
            const done = await this.call("log_tap", site, button.code, values, key);
            this.unsure = null;
            this.state.today = done.today;
            this.state.now = Date.now();
            this.state.taps.unshift({ id: done.id, name: button.name, quantity, at: Date.now() });
            // What was said of one visitor is not said of the next.
            Object.assign(this.state, { procedure: 0, category: 0, language: 0, quantity: 1 });
        });
    }

    undo(tap) {
        return this.once(async () => {
            this.state.taps = this.state.taps.filter((one) => one.id !== tap.id);
            this.state.today = (await this.call("log_undo", tap.id)).today;
        });
    }

    changeSite(ev) {
        return this.load(Number(ev.target.value));
    }

    less() {
        this.state.quantity = Math.max(1, this.state.quantity - 1);
    }

    more() {
        this.state.quantity = Math.min(99, this.state.quantity + 1);
    }

    openList() {
        return this.action.doAction("jamaa_reception.jamaa_reception_visit_action");
    }
}

registry.category("actions").add("jamaa_reception.log", ReceptionLog);
