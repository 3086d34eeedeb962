// Starts the two official bundles; every page works without it.
import { initAll } from "../vendor/govuk/govuk-frontend.min.js";
import { initAll as initAllOfMoj } from "../vendor/moj/moj-frontend.min.js";

initAll();
initAllOfMoj();
