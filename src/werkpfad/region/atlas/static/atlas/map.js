// The map follows the finger and asks the server for what came into view. Without this, its arrows are links.
(function () {
  "use strict";
  var KM_PER_DEGREE = 111.19508, WIDEST_KM = 800;

  function live(map) {
    var sheet = map.querySelector("svg");
    var world = map.querySelector(".wp-netmap__world");
    var box = sheet.viewBox.baseVal;
    var from = null, dx = 0, dy = 0, frame = 0;
    map.classList.add("is-live");

    function draw() {
      frame = 0;
      world.setAttribute("transform", "translate(" + dx + " " + dy + ")");
    }

    sheet.addEventListener("pointerdown", function (event) {
      if (event.button !== 0) return;
      from = { x: event.clientX, y: event.clientY, scale: box.width / sheet.clientWidth };
    });
    sheet.addEventListener("pointermove", function (event) {
      if (!from) return;
      dx = (event.clientX - from.x) * from.scale;
      dy = (event.clientY - from.y) * from.scale;
      if (!map.classList.contains("is-dragged") && Math.abs(dx) + Math.abs(dy) < 6) return;
      if (!map.classList.contains("is-dragged")) {
        map.classList.add("is-dragged");
        sheet.setPointerCapture(event.pointerId);
      }
      if (!frame) frame = requestAnimationFrame(draw);
    });
    function drop() {
      var moved = from && map.classList.contains("is-dragged");
      from = null;
      if (moved) show(Number(map.dataset.zoom));
    }
    sheet.addEventListener("pointerup", drop);
    sheet.addEventListener("pointercancel", drop);
    sheet.addEventListener("dragstart", function (event) { event.preventDefault(); });
    // A drag that ends on a mark is no click on it.
    sheet.addEventListener("click", function (event) {
      if (map.classList.contains("is-dragged")) { event.preventDefault(); event.stopPropagation(); }
    }, true);
    sheet.addEventListener("dblclick", function (event) {
      event.preventDefault();
      var scale = box.width / sheet.clientWidth, edge = sheet.getBoundingClientRect();
      dx = box.width / 2 - (event.clientX - edge.left) * scale;
      dy = box.height / 2 - (event.clientY - edge.top) * scale;
      show(Math.min(Number(map.dataset.zoom) + 1, 7));
    });

    function show(zoom) {
      var lat = Number(map.dataset.lat), lon = Number(map.dataset.lon);
      var perDegree = box.width / (WIDEST_KM / Math.pow(2, Number(map.dataset.zoom))) * KM_PER_DEGREE;
      var there = lat + dy / perDegree;
      var aside = lon - dx / (perDegree * Math.cos(Math.round(lat) * Math.PI / 180));
      var query = new URLSearchParams(map.dataset.url);
      query.set("mitte", there.toFixed(4) + "," + aside.toFixed(4));
      query.set("zoom", zoom);
      var path = location.pathname + "?" + query;
      window.htmx.ajax("GET", path, { target: "#map", select: "#map", swap: "outerHTML" }).then(function () {
        history.replaceState(history.state, "", path);
      });
    }
  }

  function prepare(root) {
    if (!window.htmx) return;
    Array.prototype.forEach.call(root.querySelectorAll("[data-wp-netmap]:not(.is-live)"), live);
  }

  document.addEventListener("DOMContentLoaded", function () { prepare(document); });
  document.addEventListener("htmx:afterSettle", function () { prepare(document); });
})();
