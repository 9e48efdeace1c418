// Passkeys: asks the browser, puts its answer into the form and sends it. Without this script the codes stay.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  function toBytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (character) { return character.charCodeAt(0); });
  }

  function toText(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  // The question comes as JSON with bytes in base64url; the browser wants bytes.
  function prepared(question) {
    var options = JSON.parse(JSON.stringify(question.publicKey));
    options.challenge = toBytes(options.challenge);
    if (options.user) options.user.id = toBytes(options.user.id);
    ["allowCredentials", "excludeCredentials"].forEach(function (list) {
      (options[list] || []).forEach(function (entry) { entry.id = toBytes(entry.id); });
    });
    return options;
  }

  function answer(credential) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (credential.response[part]) response[part] = toText(credential.response[part]);
    });
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: response
    };
  }

  function question(form) {
    var written = form.querySelector("script[type='application/json']");
    if (written) return Promise.resolve(JSON.parse(written.textContent));
    return fetch(form.dataset.wpPasskeyQuestion, {
      method: "POST",
      headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value }
    }).then(function (response) {
      if (!response.ok) throw new Error("no question");
      return response.json();
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-wp-passkey]"), function (form) {
    form.hidden = false;
    var error = form.querySelector("[data-wp-passkey-error]");
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (error) error.hidden = true;
      question(form).then(function (asked) {
        var options = { publicKey: prepared(asked) };
        return navigator.credentials[form.dataset.wpPasskey](options);
      }).then(function (credential) {
        form.elements.credential.value = JSON.stringify(answer(credential));
        delete form.dataset.wpSent;
        form.submit();
      }).catch(function () {
        delete form.dataset.wpSent;
        if (error) error.hidden = false;
      });
    });
  });
})();
