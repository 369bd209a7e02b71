/**
 * What JavaScript adds to public pages: the proof of work, sending once, checking the size
 * of photos before they travel, copying and reading aloud. Without it every page works.
 */
(function () {
    "use strict";

    var root = document.documentElement;

    function each(selector, action) {
        Array.prototype.forEach.call(document.querySelectorAll(selector), action);
    }

    function textOf(selectors) {
        return selectors
            .split(",")
            .map(function (selector) {
                var element = document.querySelector(selector);
                return element ? element.textContent.trim() : "";
            })
            .filter(Boolean);
    }

    /* ---- Proof of work: it runs while the citizen writes. ---- */

    function prove(field, done) {
        var challenge = field.dataset.challenge;
        var bits = Number(field.dataset.bits);
        function found(number) {
            field.value = String(number);
            done();
        }
        function inSteps() {
            var script = document.createElement("script");
            script.src = field.dataset.worker;
            script.onload = function step(_event, from) {
                from = from || 0;
                var number = window.jamaaProofOfWork(challenge, bits, from, from + 2000);
                if (number >= 0) {
                    found(number);
                } else {
                    setTimeout(step, 0, null, from + 2000);
                }
            };
            script.onerror = done; // the server then asks its question
            document.head.appendChild(script);
        }
        try {
            var worker = new Worker(field.dataset.worker);
            worker.onmessage = function (event) {
                worker.terminate();
                found(event.data);
            };
            worker.onerror = function () {
                worker.terminate();
                inSteps();
            };
            worker.postMessage({ challenge: challenge, bits: bits });
        } catch (_error) {
            inSteps();
        }
    }

    each("form", function (form) {
        var field = form.querySelector("input[name=form_proof]");
        var button = form.querySelector("button[type=submit]");
        var wait = form.querySelector(".jm-wait");
        var proven = !field || field.dataset.bits === "0";
        var waiting = false;
        if (field && !proven) {
            prove(field, function () {
                proven = true;
                if (waiting) {
                    form.submit();
                }
            });
        }
        form.addEventListener("submit", function (event) {
            if (waiting) {
                event.preventDefault(); // a second tap
                return;
            }
            waiting = true;
            if (button) {
                button.setAttribute("aria-disabled", "true");
            }
            if (wait) {
                wait.hidden = false;
            }
            if (!proven) {
                event.preventDefault(); // goes off when the work is done
            }
        });
        // Coming back with the back button: the form must be usable again.
        window.addEventListener("pageshow", function () {
            waiting = false;
            if (button) {
                button.removeAttribute("aria-disabled");
            }
            if (wait) {
                wait.hidden = true;
            }
        });
    });
    if (document.querySelector(".jm-question")) {
        root.classList.add("jm-js");
    }

    /* ---- Photos: say that one is too large before it travels. ---- */

    each("input[type=file][data-max-bytes]", function (input) {
        input.addEventListener("change", function () {
            var limit = Number(input.dataset.maxBytes);
            var many = Number(input.dataset.maxFiles || 0);
            var message = "";
            if (many && input.files.length > many) {
                message = input.dataset.tooMany;
            }
            Array.prototype.forEach.call(input.files, function (file) {
                if (file.size > limit) {
                    message = input.dataset.tooLarge;
                }
            });
            input.setCustomValidity(message || "");
            if (message) {
                input.reportValidity();
            }
        });
    });

    /* ---- A form that was refused: lead to what is wrong. ---- */

    var alert = document.querySelector(".jm-alert-wrong");
    if (alert) {
        alert.tabIndex = -1;
        alert.focus();
    }

    /* ---- Copy. ---- */

    if (navigator.clipboard) {
        each("[data-copy]", function (button) {
            var label = button.textContent;
            button.hidden = false;
            button.addEventListener("click", function () {
                navigator.clipboard.writeText(textOf(button.dataset.copy).join(" ")).then(function () {
                    button.textContent = button.dataset.done;
                    setTimeout(function () {
                        button.textContent = label;
                    }, 2500);
                });
            });
        });
    }

    /* ---- Read aloud, only by a voice that lives on the device: others send the text away. ---- */

    function localVoice(lang) {
        var prefix = lang.split("-")[0];
        return window.speechSynthesis.getVoices().filter(function (voice) {
            return voice.localService && voice.lang.split(/[-_]/)[0] === prefix;
        })[0];
    }

    function offerVoices() {
        each("[data-listen]", function (button) {
            var voice = localVoice(button.dataset.lang);
            button.hidden = !voice;
            button.onclick = function () {
                window.speechSynthesis.cancel();
                var words = textOf(button.dataset.listen);
                if (button.dataset.spell) {
                    words = words.map(function (word) {
                        return word.replace(/-/g, "").split("").join(", ");
                    });
                }
                var speech = new SpeechSynthesisUtterance(words.join(". "));
                speech.voice = voice;
                speech.lang = voice.lang;
                speech.rate = 0.85;
                window.speechSynthesis.speak(speech);
            };
        });
    }
    if (window.speechSynthesis && document.querySelector("[data-listen]")) {
        offerVoices();
        window.speechSynthesis.addEventListener("voiceschanged", offerVoices);
    }
})();
