/** The kiosk: back to its first language when nobody touches it, the ticket printed as soon as its picture is there. */
(function () {
    "use strict";

    var IDLE = 90000;
    var start = document.getElementById("kiosk");
    var picture = document.querySelector(".jq-print");
    var timer = null;

    function rest() {
        clearTimeout(timer);
        timer = setTimeout(function () {
            location.replace(start.dataset.first);
        }, IDLE);
    }

    if (start) {
        ["pointerdown", "keydown", "scroll"].forEach(function (kind) {
            window.addEventListener(kind, rest, { passive: true });
        });
        rest();
    }
    if (picture) {
        var print = function () {
            window.print();
        };
        if (picture.complete) {
            print();
        } else {
            picture.addEventListener("load", print);
        }
    }
})();
