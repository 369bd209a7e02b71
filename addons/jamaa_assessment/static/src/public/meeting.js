/**
 * The phone of a seat: asks every few seconds whether the page has changed and, if so, puts the new one in its
 * place. Without it the page is reloaded by hand.
 */
(function () {
    "use strict";

    var EVERY = 3000;
    var main = document.getElementById("main");
    var timer;

    function root() {
        return main && main.querySelector("[data-meeting]");
    }

    function offline(gone) {
        var words = root().querySelector(".ja-offline");
        if (words) {
            words.hidden = !gone;
        }
    }

    function again() {
        window.clearTimeout(timer);
        timer = window.setTimeout(look, EVERY);
    }

    function renew(path) {
        return fetch(path, { cache: "no-store" })
            .then(function (answer) {
                if (!answer.ok) {
                    throw new Error(String(answer.status));
                }
                return answer.text();
            })
            .then(function (text) {
                var fresh = new window.DOMParser().parseFromString(text, "text/html").getElementById("main");
                main.replaceChildren.apply(main, Array.from(fresh.childNodes));
                // Who listens to the page hears that it has changed.
                main.focus({ preventScroll: true });
                window.scrollTo(0, 0);
            });
    }

    function look() {
        var page = root();
        if (!page || document.hidden) {
            again();
            return;
        }
        var path = page.dataset.meeting;
        fetch(path + "/state", { cache: "no-store" })
            .then(function (answer) {
                if (!answer.ok) {
                    throw new Error(String(answer.status));
                }
                return answer.json();
            })
            .then(function (state) {
                offline(false);
                if (state.key !== page.dataset.key) {
                    return renew(path);
                }
                var counts = page.querySelector("[data-in]");
                if (counts && counts.textContent !== state.in) {
                    counts.textContent = state.in;
                }
                return null;
            })
            .catch(function () {
                offline(true);
            })
            .then(again);
    }

    document.addEventListener("visibilitychange", function () {
        if (!document.hidden) {
            look();
        }
    });
    again();
})();
