/** Drives the widget from the page around it, as a partner's own script would. */
document.getElementById('ask')?.addEventListener('click', () => {
  /** @type {any} */ (window).OfferDesk?.ask('The invoice for Contoso Backup for Azure is too high');
});
