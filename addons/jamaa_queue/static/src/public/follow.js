/** Keeps the page of a ticket fresh: every 15 s, slower while the line is bad. Without it, the page is loaded again. */
(function () {
    "use strict";

    var USUAL = 15000;
    var SLOWEST = 120000;
    var box = document.getElementById("queue");
    var pause = USUAL;

    function show(state) {
        if (state.state !== box.dataset.state) {
            if (state.state === "called" && navigator.vibrate) {
                navigator.vibrate([400, 200, 400]);
            }
            location.reload();
            return;
        }
        var ahead = document.getElementById("queue-ahead");
        if (ahead && state.ahead !== null) {
            ahead.textContent = String(state.ahead);
            document.getElementById("queue-wait").textContent = state.wait;
            document.getElementById("queue-wait-line").hidden = !state.wait;
        }
    }

    function later() {
        setTimeout(ask, pause);
    }

    function ask() {
        if (document.hidden) {
            later();
            return;
        }
        fetch(box.dataset.url, { cache: "no-store" })
            .then(function (answer) {
                if (!answer.ok) {
                    throw new Error(String(answer.status));
                }
                return answer.json();
            })
            .then(function (state) {
                pause = USUAL;
                show(state);
            })
            .catch(function () {
                pause = Math.min(pause * 2, SLOWEST);
            })
            .then(later);
    }

    if (box && window.fetch && box.dataset.state !== "done" && box.dataset.state !== "left") {
        later();
    }
})();
