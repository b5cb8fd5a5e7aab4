// A prompt for a passkey that was closed, or that the device could not answer, says so; the scripts around it only tell the console.
import { phrase } from "./dom";
import { toast } from "./toast";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  toast({ text: phrase("passkey") });
});
