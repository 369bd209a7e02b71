/**
 * Photos are made smaller on the phone before they travel: less to pay on a mobile network,
 * and what a camera writes into a file (place, time, owner) stays there. Without this
 * script, or when one sends at once, the server does the same. Nothing is remembered on the device.
 */
(function () {
    "use strict";

    var LONGEST_SIDE = 1600; // pixels: a street sign stays readable

    function say(input, words) {
        var place = document.getElementById("s-" + input.name);
        place.textContent = words;
        place.hidden = !words;
    }

    function replace(input, blob) {
        var carrier = new DataTransfer();
        carrier.items.add(new File([blob], "photo.jpg", { type: "image/jpeg" }));
        input.files = carrier.files;
    }

    function shrink(input, file) {
        return createImageBitmap(file, { imageOrientation: "from-image" })
            .then(function (picture) {
                var scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
                var canvas = document.createElement("canvas");
                canvas.width = Math.round(picture.width * scale);
                canvas.height = Math.round(picture.height * scale);
                var pen = canvas.getContext("2d");
                pen.fillStyle = "#fff"; // what was transparent would turn black
                pen.fillRect(0, 0, canvas.width, canvas.height);
                pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
                return new Promise(function (done) {
                    canvas.toBlob(done, "image/jpeg", 0.82);
                });
            })
            .then(function (blob) {
                if (blob) {
                    replace(input, blob);
                }
            });
    }

    function check(input) {
        var file = input.files[0];
        if (file && file.size > Number(input.dataset.maxBytes)) {
            input.value = "";
            say(input, input.dataset.tooLarge);
        }
    }

    Array.prototype.forEach.call(document.querySelectorAll("input[data-shrink]"), function (input) {
        input.addEventListener("change", function () {
            var file = input.files[0];
            say(input, "");
            if (!file) {
                return;
            }
            if (!window.createImageBitmap || !window.DataTransfer) {
                check(input);
                return;
            }
            // What cannot be opened here is left as it is: the server says why.
            shrink(input, file)
                .catch(function () {})
                .then(function () {
                    check(input);
                });
        });
    });
})();
