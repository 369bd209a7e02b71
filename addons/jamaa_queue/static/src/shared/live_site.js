import { onWillUnmount } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

/** A message that got lost is made up for after so many milliseconds. */
const POLL = 15000;
const TYPE = "jamaa_queue";

/**
 * Look again whenever something happens at the site whose channel is listened to, and every
 * fifteen seconds in case the line to the server is cut.
 *
 * @param {Function} refresh called without arguments; returns a promise
 * @returns {{listen: Function}} `listen(channel)` changes the channel
 */
export function useLiveSite(refresh) {
    const bus = useService("bus_service");
    let channel = null;
    let running = false;
    let again = false;
    const look = async () => {
        // Ten messages in a row are one look after the first.
        if (running) {
            again = true;
            return;
        }
        running = true;
        try {
            await refresh();
        } catch (error) {
            // The next look tries anew; what is shown stays.
            console.warn("The queue could not be looked at.", error);
        } finally {
            running = false;
        }
        if (again) {
            again = false;
            await look();
        }
    };
    bus.subscribe(TYPE, look);
    const clock = browser.setInterval(look, POLL);
    onWillUnmount(() => {
        browser.clearInterval(clock);
        bus.unsubscribe(TYPE, look);
        if (channel) {
            bus.deleteChannel(channel);
        }
    });
    return {
        listen(name) {
            if (name && name !== channel) {
                if (channel) {
                    bus.deleteChannel(channel);
                }
                channel = name;
                bus.addChannel(channel);
            }
        },
    };
}

/** Whole minutes from a moment of the server until now. */
export function minutesSince(moment, now) {
    return moment ? Math.max(0, Math.floor((now - new Date(moment).getTime()) / 60000)) : 0;
}
