/**
 * adaptivecards-templating's types point into the source folder of adaptivecards, which does not compile under our
 * settings. None of what they take from there is used by us.
 */
export type IAdaptiveCard = Record<string, unknown>;
