import { Component, onPatched, onWillStart, useRef, useState } from "@odoo/owl";

import { user } from "@web/core/user";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { newKey } from "@jamaa_reception/backend/new_key";

const MODEL = "jamaa.reception.counter";
const EMPTY = { name: "", phone: "", national_id: "", email: "", address: "" };

/**
 * The receptionist's screen: find the sheet, put the questions, tick the papers,
 * then take the request or print what to bring. Every step by keyboard.
 */
export class ReceptionCounter extends Component {
    static template = "jamaa_reception.Counter";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.asked = 0;
        this.state = useState({
            phase: "find",
            text: "",
            found: [],
            at: 0,
            sheet: null,
            answers: {},
            brought: [],
            piece: 0,
            site: false,
            lang: "ar_MA",
            desk: "",
            quarter: "",
            applicant: { ...EMPTY },
            insisted: false,
            busy: false,
            done: null,
        });
        this.start = { sites: [], langs: [], quarters: [] };
        useAutofocus({ refName: "search" });
        useAutofocus({ refName: "name" });
        this.root = useRef("root");
        // What is next has the focus, so that Enter goes on.
        onPatched(() => this.focusNext());
        onWillStart(async () => {
            this.start = await this.call("counter_start");
            this.state.found = this.start.found;
            this.state.site = this.start.site;
            if (this.start.langs.some((lang) => lang.code === user.lang.replace("-", "_"))) {
                this.state.lang = user.lang.replace("-", "_");
            }
        });
    }

    call(method, ...args) {
        return this.orm.call(MODEL, method, args);
    }

    /** Run one step at a time: a second press while the first is under way does nothing. */
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

    focusNext() {
        if (this.wanted) {
            const element = this.root.el?.querySelector(this.wanted);
            if (element && !element.disabled) {
                this.wanted = null;
                element.focus();
            }
        }
    }

    // ---- find ----

    async onSearch(ev) {
        this.state.text = ev.target.value;
        const rank = ++this.asked;
        const found = await this.call("counter_search", this.state.text);
        // An answer that comes late is not shown over a newer one.
        if (rank === this.asked) {
            this.state.found = found;
            this.state.at = 0;
        }
    }

    async onSearchKey(ev) {
        const last = this.state.found.length - 1;
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            ev.preventDefault();
            const step = ev.key === "ArrowDown" ? 1 : -1;
            this.state.at = Math.min(Math.max(this.state.at + step, 0), last);
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            // What was typed last is looked up before anything is opened.
            const rank = ++this.asked;
            const found = await this.call("counter_search", this.state.text);
            if (rank !== this.asked) {
                return;
            }
            const wanted = this.state.found[this.state.at]?.id;
            const chosen = found.find((one) => one.id === wanted) || found[0];
            if (chosen) {
                await this.open(chosen.id);
            }
        }
    }

    open(id) {
        return this.once(async () => {
            Object.assign(this.state, { answers: {}, brought: [], piece: 0, insisted: false });
            this.state.applicant = { ...EMPTY };
            this.state.quarter = "";
            this.key = newKey();
            this.state.sheet = await this.call("counter_sheet", id, {});
            this.state.phase = "sheet";
            this.wanted = this.state.sheet.following ? ".o_jc_open button" : ".o_jc_pieces";
        });
    }

    // ---- questions and pieces ----

    answer(question, answer) {
        return this.once(async () => {
            const answers = { ...this.state.answers, [question]: answer };
            this.state.sheet = await this.call("counter_sheet", this.state.sheet.id, answers);
            // Answers that no longer concern this person are gone.
            this.state.answers = Object.fromEntries(
                this.state.sheet.questions.filter((one) => one.given).map((one) => [one.id, one.given])
            );
            const ids = this.bringable.map((piece) => piece.id);
            this.state.brought = this.state.brought.filter((id) => ids.includes(id));
            this.state.piece = 0;
            this.wanted = this.state.sheet.following ? ".o_jc_open button" : ".o_jc_pieces";
        });
    }

    get bringable() {
        return this.state.sheet.pieces.filter((piece) => piece.sure && !piece.held);
    }

    get held() {
        return this.state.sheet.pieces.filter((piece) => piece.sure && piece.held);
    }

    get unsure() {
        return this.state.sheet.pieces.filter((piece) => !piece.sure);
    }

    get missing() {
        return this.bringable.filter((piece) => !this.state.brought.includes(piece.id));
    }

    get hereWords() {
        return this.state.sheet.sites[this.state.site];
    }

    toggle(piece) {
        const has = this.state.brought.includes(piece.id);
        this.state.brought = has
            ? this.state.brought.filter((id) => id !== piece.id)
            : [...this.state.brought, piece.id];
    }

    onPieceKey(ev) {
        const last = this.bringable.length - 1;
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            ev.preventDefault();
            const step = ev.key === "ArrowDown" ? 1 : -1;
            this.state.piece = Math.min(Math.max(this.state.piece + step, 0), last);
        } else if (ev.key === " ") {
            ev.preventDefault();
            if (this.bringable[this.state.piece]) {
                this.toggle(this.bringable[this.state.piece]);
                this.state.piece = Math.min(this.state.piece + 1, last);
            }
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            if (this.missing.length) {
                this.root.el.querySelector(".o_jc_home").focus();
            } else {
                this.toApplicant(false);
            }
        }
    }

    onKey(ev) {
        if (ev.key === "Escape") {
            ev.preventDefault();
            if (this.state.phase === "applicant") {
                this.state.phase = "sheet";
                this.wanted = ".o_jc_pieces";
            } else {
                this.next();
            }
        }
    }

    // ---- what comes of it ----

    sendHome() {
        return this.once(async () => {
            const { sheet, answers, brought, site, lang } = this.state;
            const slip = await this.call("counter_send_home", sheet.id, answers, brought, site, lang);
            this.state.done = { home: true, print: slip };
            this.state.phase = "done";
            this.wanted = ".o_jc_next";
            await this.action.doAction(slip);
        });
    }

    toApplicant(insisted) {
        this.state.insisted = insisted;
        this.state.phase = "applicant";
    }

    take() {
        return this.once(async () => {
            const { sheet, answers, brought, site, lang, desk, quarter, insisted, applicant } = this.state;
            const values = { answers, brought, site, lang, desk, quarter, insisted, channel: "counter" };
            const done = await this.call("counter_take", sheet.id, values, { ...applicant }, this.key);
            this.state.applicant = { ...EMPTY };
            this.state.quarter = "";
            this.state.done = done;
            this.state.phase = "done";
            this.wanted = ".o_jc_next";
            await this.action.doAction(done.print);
        });
    }

    printAgain() {
        return this.action.doAction(this.state.done.print);
    }

    openRequest() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "jamaa.procedure.request",
            res_id: this.state.done.id,
            views: [[false, "form"]],
        });
    }

    next() {
        Object.assign(this.state, { phase: "find", text: "", at: 0, sheet: null, done: null });
        // Nothing of one person stays on the screen for the next.
        this.state.applicant = { ...EMPTY };
        this.state.quarter = "";
        return this.call("counter_search", "").then((found) => {
            this.state.found = found;
        });
    }
}

registry.category("actions").add("jamaa_reception.counter", ReceptionCounter);
