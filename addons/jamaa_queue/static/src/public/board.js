/** The board: asks every 4 s, the waits once a minute; keeps the last state and a clock while the network is gone. */
(function () {
    "use strict";

    var PAUSE = 4000;
    var WAITS_EVERY = 15;
    var DAY = 24 * 3600 * 1000;
    var board = document.getElementById("board");
    var lost = document.getElementById("board-lost");
    var clock = document.getElementById("board-clock");
    var started = Date.now();
    var asked = 0;
    var shown = "";

    function cell(row, text) {
        var column = row.insertCell();
        var inner = document.createElement("bdi");
        inner.textContent = String(text);
        column.appendChild(inner);
    }

    function refill(id, entries, fill) {
        var body = document.getElementById(id);
        body.textContent = "";
        entries.forEach(function (entry) {
            fill(body.insertRow(), entry);
        });
    }

    function show(state) {
        // Rows are drawn anew only when they changed: a screen reader reads what is new.
        if (JSON.stringify(state.calls) !== shown) {
            shown = JSON.stringify(state.calls);
            refill("board-calls", state.calls, function (row, call) {
                row.className = call.now ? "jq-now" : "";
                cell(row, call.code);
                cell(row, call.desk);
            });
        }
        var waits = {};
        Array.prototype.forEach.call(document.querySelectorAll("#board-queues tr"), function (row) {
            waits[row.dataset.queue] = row.cells[2].textContent;
        });
        refill("board-queues", state.queues, function (row, queue) {
            row.dataset.queue = queue.id;
            cell(row, queue.name);
            cell(row, queue.waiting);
            cell(row, queue.wait === undefined ? waits[queue.id] || "" : queue.wait);
        });
        document.getElementById("board-message").textContent = state.message;
    }

    function ask() {
        asked += 1;
        var waits = asked % WAITS_EVERY === 0 ? "?waits=1" : "";
        fetch(board.dataset.url + waits, { cache: "no-store" })
            .then(function (answer) {
                if (answer.status === 404 || Date.now() - started > DAY) {
                    // Revoked, or a day old: the server says what stands here now.
                    location.reload();
                }
                if (!answer.ok) {
                    throw new Error(String(answer.status));
                }
                return answer.json();
            })
            .then(function (state) {
                show(state);
                lost.hidden = true;
            })
            .catch(function () {
                lost.hidden = false;
            })
            .then(function () {
                setTimeout(ask, PAUSE);
            });
    }

    function tick() {
        var now = new Date();
        clock.textContent = ("0" + now.getHours()).slice(-2) + ":" + ("0" + now.getMinutes()).slice(-2);
    }

    tick();
    setInterval(tick, 1000);
    setTimeout(ask, PAUSE);
})();
