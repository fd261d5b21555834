/** Controls the widget from the surrounding page, as a partner's own script would. */
document.getElementById('ask')?.addEventListener('click', () => {
  /** @type {any} */ (window).OfferDesk?.ask('The invoice for Contoso Backup for Azure is too high');
});
