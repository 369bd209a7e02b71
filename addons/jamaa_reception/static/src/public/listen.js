/* Counts that a recording was listened to, once a visit of the page; listening works without. */
(function () {
    "use strict";

    document.querySelectorAll("audio[data-played]").forEach(function (audio) {
        audio.addEventListener(
            "playing",
            function () {
                fetch(audio.dataset.played, {
                    method: "POST",
                    credentials: "omit",
                    keepalive: true,
                }).catch(function () {
                    // A play that could not be counted is still a play.
                });
            },
            { once: true }
        );
    });

    // Two voices at once help nobody: the one that starts silences the other.
    document.addEventListener(
        "play",
        function (event) {
            document.querySelectorAll("audio").forEach(function (audio) {
                if (audio !== event.target) {
                    audio.pause();
                }
            });
        },
        true
    );
})();
