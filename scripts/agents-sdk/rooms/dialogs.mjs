/** In place of botbuilder-dialogs: the successor's own classes, unchanged. */
export { ComponentDialog, Dialog, DialogSet, WaterfallDialog } from '@microsoft/agents-hosting-dialogs';
