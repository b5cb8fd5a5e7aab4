// htmx under a strict Content-Security-Policy, with the token in each request and errors shown where they happen.
import htmx from "htmx.org";

import { csrfToken, phrase } from "./dom";
import { toast } from "./toast";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
htmx.config.scrollIntoViewOnBoost = false;
htmx.config.defaultSettleDelay = 0;
// The policy forbids inline styles, so none are carried over either.
htmx.config.attributesToSettle = ["class", "width", "height"];
// A form with errors comes back as 422 with its own markup.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true, error: false },
  { code: "[45]..", swap: false, error: true },
];

document.addEventListener("htmx:configRequest", (event) => {
  const detail = (event as CustomEvent<{ headers: Record<string, string>; verb: string }>).detail;
  if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrfToken();
});

// A fault comes as one plain sentence, to be told and not swapped in; fields that save themselves tell it beside them.
const sentenceOf = (xhr: XMLHttpRequest): string =>
  xhr.status >= 400 && xhr.getResponseHeader("Content-Type")?.startsWith("text/plain") ? xhr.responseText.trim() : "";

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event as CustomEvent<{ xhr: XMLHttpRequest; elt: Element; shouldSwap: boolean }>;
  const sentence = detail.xhr.status === 422 ? sentenceOf(detail.xhr) : "";
  if (!sentence) return;
  detail.shouldSwap = false;
  if (!detail.elt.matches("[data-save]")) toast({ text: sentence });
});

document.addEventListener("htmx:responseError", (event) => {
  const { xhr, elt } = (event as CustomEvent<{ xhr: XMLHttpRequest; elt: Element }>).detail;
  if (elt.matches("[data-save]")) return;
  const number = xhr.getResponseHeader("X-Request-Id") ?? "";
  toast({ text: sentenceOf(xhr) || [phrase("failed"), number].filter(Boolean).join(" ") });
});

document.addEventListener("htmx:sendError", (event) => {
  if ((event.target as Element).matches("[data-save]")) return;
  toast({ text: phrase("offline") });
});
