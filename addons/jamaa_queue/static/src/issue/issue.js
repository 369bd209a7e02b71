import { Component, onWillStart, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { newKey } from "@jamaa_reception/backend/new_key";

import { useLiveSite } from "../shared/live_site";

const MODEL = "jamaa.queue.issue.screen";
/** Width of the paper of this computer's printer, in dots. */
const REMEMBERED = "jamaa_queue.paper";

/**
 * Reception gives a number out: one tap on what the visit is for, one on the button that gives it.
 * Several things can be chosen; they share one number. A reason of priority is said, never written beside it.
 */
export class QueueIssue extends Component {
    static template = "jamaa_queue.Issue";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.live = useLiveSite(() => this.refresh());
        this.start = {
            sites: [],
            choices: [],
            rolls: [],
            rule: { cap: 0, reasons: [] },
            langs: [],
            languages: [],
        };
        this.state = useState({
            site: false,
            chosen: [],
            reasons: [],
            lang: "ar_MA",
            language: 0,
            given: null,
            wait: "",
            picture: "",
            paper: Number(browser.localStorage.getItem(REMEMBERED)) || 384,
            waiting: {},
            last: [],
            aside: [],
            alarms: [],
            roll: { queue: 0, first: "", last: "" },
            busy: false,
        });
        onWillStart(() => this.load());
    }

    call(method, ...args) {
        return this.orm.call(MODEL, method, args);
    }

    async load(site = null) {
        this.start = await this.call("issue_start", site);
        const code = user.lang.replace("-", "_");
        const lang = this.start.langs.some((one) => one.code === code) ? code : this.state.lang;
        Object.assign(this.state, { site: this.start.site, chosen: [], reasons: [], lang });
        this.state.roll.queue = this.start.rolls[0]?.id || 0;
        this.live.listen(this.start.channel);
        this.take(this.start);
    }

    changeSite(ev) {
        return this.load(Number(ev.target.value));
    }

    take({ waiting, last, aside, alarms }) {
        Object.assign(this.state, { waiting, last, aside, alarms });
    }

    async refresh() {
        if (this.state.site) {
            this.take(await this.call("issue_state", this.state.site));
        }
    }

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

    // ---- choosing ----

    toggle(list, value) {
        const has = this.state[list].includes(value);
        this.state[list] = has
            ? this.state[list].filter((one) => one !== value)
            : [...this.state[list], value];
        this.state.given = null;
    }

    rank(code) {
        return this.state.chosen.indexOf(code) + 1;
    }

    // ---- giving ----

    give() {
        return this.once(async () => {
            const { site, chosen, reasons, lang, language } = this.state;
            // A tap that found no line is the same tap when it is tried again.
            this.key ||= newKey();
            const given = await this.call("issue_give", site, chosen, { reasons, lang, language }, this.key);
            this.key = null;
            this.state.given = given;
            this.state.wait = "";
            // What was said of one visitor is not said of the next.
            Object.assign(this.state, { chosen: [], reasons: [], language: 0 });
            this.state.wait = await this.call("issue_announce", given.id);
            this.state.picture = await this.call("issue_picture", given.id, this.state.paper);
            await this.refresh();
        });
    }

    show(ticket) {
        return this.once(async () => {
            this.state.given = { ...ticket, ahead: null };
            this.state.wait = "";
            this.state.picture = await this.call("issue_picture", ticket.id, this.state.paper);
        });
    }

    setPaper(ev) {
        this.state.paper = Number(ev.target.value);
        browser.localStorage.setItem(REMEMBERED, String(this.state.paper));
    }

    /** Print the picture alone, in a frame of its own: Arabic letters of a printer are not trusted. */
    print() {
        const frame = document.createElement("iframe");
        frame.className = "d-none";
        frame.addEventListener("load", () => {
            const page = frame.contentDocument;
            const image = page.createElement("img");
            image.style.width = "100%";
            image.addEventListener("load", () => {
                frame.contentWindow.addEventListener("afterprint", () => frame.remove());
                frame.contentWindow.print();
            });
            image.src = this.state.picture;
            page.body.style.margin = "0";
            page.body.append(image);
        });
        document.body.append(frame);
    }

    giveRoll() {
        return this.once(async () => {
            const { queue, first, last } = this.state.roll;
            this.take(await this.call("issue_roll", queue, Number(first), Number(last)));
            Object.assign(this.state.roll, { first: String(Number(last) + 1), last: "" });
        });
    }

    back(ticket, step) {
        return this.once(async () => this.take(await this.call("issue_return", ticket.id, step)));
    }
}

registry.category("actions").add("jamaa_queue.issue", QueueIssue);
