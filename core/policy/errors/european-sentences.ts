/**
 * Error codes: the edition of 2020-08-26. Checks before a purchase: the page on buying in Azure Marketplace, 2021-01-18. The
 * sentences about an unknown purchase: the page on SaaS fulfilment.
 */
const FRENCH = `
  2006 | le partenaire n'est pas valide pour l'offre
  2030 | le partenaire n'est pas intégré à la vente dans le pays
  2091 | l'offre n'est plus disponible à l'achat
  2085 | l'offre n'est pas éligible à l'achat
  20002 | ce partenaire n'a aucune relation commerciale avec le client
  60000 | échec de la migration de la licence client
  2001 | impossible d'augmenter ou de diminuer la quantité de l'abonnement pendant la suspension de l'abonnement
  2002 | la quantité de l'abonnement n'est pas comprise dans les limites minimale et maximale autorisée
  2006.2 | les mises à jour des abonnements pour l'offre ne … sont pas autorisées
  2011 | impossible de mettre à jour un abonnement avec l'état supprimé
  2054 | le cycle de facturation d'un abonnement existant ne peut pas être mis à jour
  6000 | impossible de modifier le cycle de facturation car la commande contient un ou plusieurs abonnements qui ne sont pas actifs
  13605 | une confirmation de partenaire de l'acceptation du client du contrat de client microsoft doit être fournie
  27009 | impossible d'activer un abonnement enfant lorsque l'abonnement parent n'est pas actif
  800011 | cet abonnement n'est pas un abonnement azure valide
  800012 | cet abonnement n'est pas un abonnement actif
  800014 | une modification en attente est demandée pour cette commande
  800016 | l'id mpn n'est pas un revendeur indirect valide
  800017 | la quantité n'est pas disponible pour cet élément de catalogue
  800022 | vous pouvez être éligible pour cette transaction contactez le support technique
  800023 | vous n'êtes pas éligible à cette transaction car votre ligne de crédit n'atteint pas le seuil minimal pour cet achat
  800024 | vous n'êtes pas éligible pour cette transaction
  800027 | l'élément de catalogue n'est pas éligible pour l'ajout ou la suppression de quantité
  800029 | le module complémentaire n'est pas associé à l'abonnement parent spécifié
  800039 | l'état du programme du revendeur n'est pas actif
  800041 | cet élément a déjà été activé
  800043 | l'accès aux informations de tarification n'est pas accordé
  800064 | le panier … est en cours de traitement par une autre demande
  800066 | le nombre d'abonnements souhaité a dépassé le nombre maximal d'abonnements autorisés par client
  800067 | le nombre de sièges souhaité a dépassé le nombre maximal de sièges autorisé par abonnement
  800070 | l'offre n'est pas disponible dans le pays spécifié
  800073 | votre compte client est actuellement en cours de vérification
  800081 | impossible de mettre à jour un abonnement avant de l'activer
  800086 | le locataire client ne dispose pas des balises requises pour l'offre
  800090 | la quantité d'abonnement ne peut pas être réduite
  800091 | impossible de mettre à jour un abonnement avec l'état suspendu
  800093 | l'abonnement ne peut pas être renouvelé automatiquement
  800095 | impossible de mettre à jour la quantité de sièges pour cet abonnement
  800096 | impossible de mettre à jour l'état de cet abonnement
  800097 | impossible de mettre à jour le cycle de facturation pour cet abonnement
  900101 | ce transfert n'est pas autorisé car le transfert d'origine … est en cours
  900104 | le transfert … est en cours de traitement par une autre demande
  900117 | vous avez passé la … fenêtre d'annulation de votre journée nous ne pouvons pas annuler votre achat
  900121 | impossible de traiter la commande en raison d'une limite de crédit insuffisante
  900123 | l'accord de partenariat microsoft n'a pas été accepté par le revendeur indirect
  900124 | votre entreprise n'a pas accepté l'accord de partenariat microsoft
  900128 | un plan azure est nécessaire pour acheter un abonnement saas avec un plan de facturation limité
  900129 | l'id de plan azure spécifié est introuvable ou il n'y a pas d'abonnement azure actif
  900130 | un ou plusieurs abonnements azure ont été achetés récemment ces abonnements ne peuvent pas être migrés pour l'instant
  900131 | cette demande de transfert ne peut pas être lancée car le client possède des abonnements azure hérités
  900132 | cette demande de transfert ne peut pas être lancée car le plan azure n'est pas actif
  900133 | cette demande de transfert ne peut pas être lancée car le client n'a pas acheté le plan azure
  900145 | cette demande de transfert de la propriété de facturation ne peut pas être effectuée car les réservations azure ne sont pas transférées avec des abonnements
  900146 | cette demande de transfert de la propriété de facturation ne peut pas être effectuée car les produits de la place de marché tiers ne sont pas transférés avec des abonnements
  900150 | le rôle fourni ne dispose pas des droits nécessaires pour effectuer l'opération demandée
  we-could-not-identify-this | nous n'avons pas pu identifier cet achat
  reopen-this-saas-subscription-in | rouvrir cet abonnement saas dans le portail azure ou dans le centre d'administration microsoft 365
  ea-administrator-has-disabled-azure | administrateur ea a désactivé la place de marché
  ea-admin-has-enabled-purchases | activé des achats uniquement pour les offres gratuites
  private-marketplace-is-enabled-for | la place de marché privée est activée pour l'abonnement et l'offre ne figure pas dans la liste des offres autorisées
  not-in-the-…-list | figure pas dans la liste … clients autorisés
  offer-…-is-not-found | offre est introuvable sur la place de marché
  publisher-has-stopped-selling-the | a cessé de vendre l'offre au moins
  subscription-…-belongs-to-a | région où l'offre n'est pas disponible
  not-associated-with-a-valid | pas associé à un moyen de paiement valide
  isv-declined-to-sell-through | isv a refusé de vendre via un csp
`;

/**
 * SaaS fulfilment: the edition of 2021-10-27. Checks before a purchase: the page on buying in Azure Marketplace, 2021-06-22.
 * Metered billing: 2021-10-15. Declined card: 2021-10-28, and the page on payment methods of 2021-04-02.
 */
const GERMAN = `
  we-could-not-identify-this | dieser kauf konnte nicht identifiziert werden
  reopen-this-saas-subscription-in | öffnen sie dieses saas abonnement im azure portal oder microsoft 365 admin center
  x-ms-marketplace-token | x ms marketplace token fehlt ist falsch formatiert ungültig oder abgelaufen
  published-with-a-different-azure | angebot zuzugreifen das mit einer anderen azure ad app id veröffentlicht … als der die zum erstellen des autorisierungstokens verwendet wurde
  the-saas-subscription-is-in.2 | das saas abonnement weist den status gekündigt auf
  the-saas-subscription-status-is | status des saas abonnements ist nicht abonniert
  the-new-plan-does-not | der neue plan ist nicht vorhanden oder für dieses bestimmte saas abonnement nicht verfügbar
  the-new-plan-is-the | neue plan ist mit dem aktuellen plan identisch
  the-new-quantity-is-greater | die neue menge ist größer oder kleiner als das limit für den aktuellen plan
  the-new-quantity-is-the | neue menge ist identisch mit der aktuellen menge
  ea-administrator-has-disabled-azure | der ea administrator hat azure marketplace käufe deaktiviert
  ea-admin-has-enabled-purchases | administrator hat käufe nur für kostenlose angebote aktiviert
  private-marketplace-is-enabled-for | der private marketplace ist für das abonnement aktiviert und das angebot ist nicht in der liste der zulässigen angebote enthalten
  not-in-the-…-list | nicht in der liste der zulässigen kunden enthalten
  offer-…-is-not-found | das angebot befindet sich nicht im marketplace
  publisher-has-stopped-selling-the | hat den verkauf des angebots beendet zumindest
  subscription-…-belongs-to-a | region in der das angebot nicht verfügbar ist
  not-associated-with-a-valid | das abonnement abrechnungskonto ist keinem gültigen zahlungsmittel … zugeordnet
  isv-declined-to-sell-through | isv hat den verkauf über einen csp abgelehnt
  the-usage-resource-provided-is | die angegebene nutzungsressource ist ungültig
  you-are-not-authorized-to | nicht autorisiert die nutzung für diese ressource anzugeben
  the-resource-is-suspended-or | die ressource wird angehalten oder wurde nie aktiviert
  InvalidDimension | die dimension für die die nutzung übergeben wird
  InvalidQuantity | die übergebene menge ist kleiner oder gleich 0
  the-batch-contained-more-than | der batch enthielt mehr als 25 nutzungsereignisse
  effectivestarttime-is-more-than-24 | effectivestarttime liegt mehr als 24 stunden
  the-card-is-not-accepted | der anbieter der kreditkarte wird für ihr land bzw ihre region nicht akzeptiert
  prepaid-and-virtual-cards-are | virtuelle oder prepaid kreditkarten oder debitkarten werden als zahlungsmittel für azure abonnements nicht akzeptiert
  your-credit-card-was-declined | meine … kreditkarte wurde abgelehnt
`;

/**
 * SaaS fulfilment: the edition of 2021-10-27. Checks before a purchase: the page on buying in Azure Marketplace, 2021-06-22.
 * Metered billing: 2020-05-26. Declined card: 2021-10-28, and the page on payment methods in a translation of March 2020.
 */
const SPANISH = `
  we-could-not-identify-this | no pudimos identificar esta compra
  reopen-this-saas-subscription-in | vuelva a abrir esta suscripción de saas en azure portal o en el centro de administración de microsoft 365
  x-ms-marketplace-token | falta el x ms marketplace token o bien tiene un formato incorrecto no es válido o ha expirado
  published-with-a-different-azure | oferta que se publicó con un identificador de aplicación de azure ad diferente del que se usó para crear el token de autorización
  the-saas-subscription-is-in.2 | saas se encuentra en el estado suscripción cancelada
  the-new-plan-does-not | el nuevo plan no existe o no está disponible para esta suscripción de saas específica
  the-new-plan-is-the | nuevo plan es el mismo que el actual
  the-new-quantity-is-greater | la nueva cantidad es superior o inferior al límite del plan actual
  the-new-quantity-is-the | nueva cantidad es la misma que la actual
  ea-administrator-has-disabled-azure | el administrador de ea deshabilitado azure marketplace compras
  ea-admin-has-enabled-purchases | habilitado las compras solo para las ofertas gratuitas
  private-marketplace-is-enabled-for | marketplace privado está habilitado para la suscripción y la oferta no está en la lista de ofertas permitidas
  not-in-the-…-list | no está en la lista … clientes permitidos
  offer-…-is-not-found | la oferta no se encuentra en marketplace
  publisher-has-stopped-selling-the | dejó de vender la oferta al menos
  subscription-…-belongs-to-a | región en la que la oferta no está
  not-associated-with-a-valid | no está asociada a un instrumento de pago
  isv-declined-to-sell-through | isv rechazó vender a través de un csp
  the-usage-resource-provided-is | el recurso de uso proporcionado no es válido
  you-are-not-authorized-to | autorizado a proporcionar el uso de este recurso
  the-resource-is-suspended-or | el recurso está suspendido o nunca se activó
  InvalidDimension | la dimensión para la que se ha pasado
  InvalidQuantity | cantidad pasada es menor o igual que 0
  the-batch-contained-more-than | lote contenía más de 25 eventos de uso
  effectivestarttime-is-more-than-24 | effectivestarttime es más de 24 horas
  the-card-is-not-accepted | tarjeta de crédito no se acepta en su
  prepaid-and-virtual-cards-are | las tarjetas de crédito o débito virtuales o de prepago no se aceptan como opciones de pago para suscripciones de azure
  your-credit-card-was-declined | se ha rechazado mi tarjeta de crédito
`;

/**
 * SaaS fulfilment: the edition of 2020-06-10. Checks before a purchase: the page on buying in Azure Marketplace, 2021-06-22.
 * Metered billing: 2020-05-26. Declined card: 2020-08-20, and the page on payment methods of 2021-04-02.
 */
const PORTUGUESE = `
  we-could-not-identify-this | não foi possível identificar esta compra
  reopen-this-saas-subscription-in | reabra essa assinatura de saas no portal do azure ou no centro de administração do m365
  x-ms-marketplace-token | x ms marketplace token está ausente malformado inválido ou expirou
  published-with-a-different-azure | oferta que … publicada com uma id de aplicativo azure ad diferente da usada para criar o token de autorização
  the-saas-subscription-is-in.2 | saas está em estado de cancelamento de assinatura
  the-saas-subscription-status-is | o status da assinatura saas não está assinado
  the-new-plan-does-not | o novo plano não existe ou não está disponível para essa assinatura saas específica
  the-new-quantity-is-greater | a nova quantidade é maior ou menor que o limite do plano atual
  the-new-quantity-is-missing | a nova quantidade está ausente
  ea-administrator-has-disabled-azure | o administrador do ea desabilitado azure marketplace compras
  ea-admin-has-enabled-purchases | ea habilitar compras apenas para ofertas gratuitas
  private-marketplace-is-enabled-for | o marketplace privado está habilitado para a assinatura e a oferta não está na lista de ofertas permitidas
  not-in-the-…-list | não está na lista … clientes permitidos
  offer-…-is-not-found | a oferta não foi encontrada no marketplace
  publisher-has-stopped-selling-the | parou de vender a oferta pelo menos
  subscription-…-belongs-to-a | região em que a oferta não está disponível
  not-associated-with-a-valid | não está associada a um meio de pagamento
  isv-declined-to-sell-through | recusou a vender por meio de um csp
  the-usage-resource-provided-is | o recurso de uso fornecido é inválido
  you-are-not-authorized-to | autorizado a fornecer … uso para este recurso
  InvalidDimension | dimensão para a qual o uso … passado
  InvalidQuantity | quantidade passada é menor ou igual a 0
  the-batch-contained-more-than | lote continha mais de 25 eventos de uso
  effectivestarttime-is-more-than-24 | effectivestarttime há mais de 24 horas
  the-card-is-not-accepted | cartão de crédito não é aceito no país
  prepaid-and-virtual-cards-are | cartões de crédito ou débito pré pago ou virtuais não são aceitos como pagamentos de assinaturas do azure
  your-credit-card-was-declined | meu cartão de crédito … foi recusado
`;

/**
 * SaaS fulfilment: the edition of 2020-06-10. Checks before a purchase: the page on buying in Azure Marketplace, 2021-01-18,
 * and the undated page of these checks. Metered billing: 2020-05-26. Declined card: 2020-02-13, an undated later edition, and the
 * page on payment methods of 2021-04-02.
 */
const ITALIAN = `
  we-could-not-identify-this | non è stato possibile identificare l'acquisto
  reopen-this-saas-subscription-in | riaprire la sottoscrizione saas nell'portale di azure o nell'interfaccia di amministrazione di microsoft 365
  reopen-this-saas-subscription-in | riaprire questa sottoscrizione saas in portale di azure o nell'interfaccia di amministrazione di m365
  x-ms-marketplace-token | x ms marketplace token mancante non valido non valido o scaduto
  published-with-a-different-azure | offerta pubblicata con un id app azure ad diverso da quello usato per creare il token di autorizzazione
  the-saas-subscription-is-in.2 | sottoscrizione saas è in uno stato non sottoscritto
  the-saas-subscription-status-is | lo stato della sottoscrizione saas non è sottoscritto
  the-new-plan-does-not | il nuovo piano non esiste o non è disponibile per questa sottoscrizione saas specifica
  the-new-plan-is-the | nuovo piano è identico a quello del piano
  the-new-quantity-is-greater | la nuova quantità è maggiore o minore del limite del piano corrente
  the-new-quantity-is-the | la nuova quantità corrisponde alla quantità corrente
  the-new-quantity-is-missing | la nuova quantità è mancante
  ea-administrator-has-disabled-azure | amministratore ea ha disabilitato gli acquisti … azure marketplace
  ea-admin-has-enabled-purchases | abilitato gli acquisti solo per le offerte gratuite
  private-marketplace-is-enabled-for | il marketplace privato è abilitato per la sottoscrizione e l'offerta non è presente nell'elenco delle offerte consentite
  not-in-the-…-list | non è presente nell'elenco … clienti autorizzati
  not-in-the-…-list | non è nell'elenco … clienti consentiti
  offer-…-is-not-found | l'offerta non viene trovata nel marketplace
  publisher-has-stopped-selling-the | ha interrotto la vendita dell'offerta almeno
  publisher-has-stopped-selling-the | ha smesso di vendere l'offerta almeno
  subscription-…-belongs-to-a | area in cui l'offerta non è disponibile
  not-associated-with-a-valid | non è associato a uno strumento di pagamento
  purchases-are-not-allowed-for | consentiti per le sottoscrizioni con un limite di
  isv-declined-to-sell-through | isv ha rifiutato la vendita tramite un csp
  isv-declined-to-sell-through | isv ha rifiutato di vendere tramite un csp
  the-usage-resource-provided-is | la risorsa di uso specificata non è valida
  you-are-not-authorized-to | necessarie per specificare l'uso di questa risorsa
  InvalidDimension | dimensioni per cui viene passato l'uso
  InvalidQuantity | quantità passata è inferiore o uguale a 0
  the-batch-contained-more-than | batch conteneva più di 25 eventi di utilizzo
  effectivestarttime-is-more-than-24 | effectivestarttime è più di 24 ore
  the-card-is-not-accepted | o debito non è accettato nel proprio paese
  the-card-is-not-accepted | istituto emittente della scheda non è accettato
  prepaid-and-virtual-cards-are | le carte di credito o debito virtuali o prepagate non sono accettate come opzione di pagamento per l'iscrizione ad azure
  prepaid-and-virtual-cards-are | le carte prepagate o virtuali non sono accettate come metodo di pagamento per le sottoscrizioni di azure
  your-credit-card-was-declined | la carta di credito … è stata rifiutata
`;

/** Error codes: the edition of 2020-11-13, in the translation of 2021. The last lines: the page on SaaS fulfilment. */
const DUTCH = `
  2006 | partner is niet geldig voor aanbieding
  2012 | kan niet converteren tussen commerce en azure active directory id's
  2030 | partner heeft geen onboarding voor verkoop in land
  2091 | de aanbieding is niet meer beschikbaar voor aankoop
  2085 | de aanbieding komt niet in aanmerking voor aankoop
  2100 | de offers api biedt geen ondersteuning voor items met id
  20002 | de … partner id heeft geen commerciële relatie met de klant id
  20003 | abonnement met id … niet gevonden
  27007 | ongeldige promotiecode
  60000 | de migratie van de klantlicentie is mislukt
  60002 | gebruikersobject id is niet gevonden
  2001 | het aantal abonnementen kan niet worden verhoogd of verlaagd terwijl het abonnement wordt opgeschort
  2002 | abonnementshoeveelheid valt niet binnen de minimum en maximum toegestane hoeveelheid
  2006.2 | updates voor abonnementen voor aanbieding … zijn niet toegestaan
  2011 | abonnement met id … en verwijderde status kan niet worden bijgewerkt
  2054 | de factureringscyclus voor een bestaand abonnement kan niet worden bijgewerkt met behulp van de bewerking
  2071 | mpn id is geen geldige advisor
  2072 | mpn id van indirecte provider is niet geldig als partner on record
  4018 | kan deze bestelling niet verwerken
  6000 | de factureringscyclus kan niet worden gewijzigd omdat de order een of meer abonnementen bevat die niet actief zijn
  6001 | de factureringscyclus kan niet worden gewijzigd omdat een van de aanbiedings id's van de order geen ondersteuning biedt voor de factureringsperiode
  13605 | er moet een partnerbevestiging van de klantacceptatie van de microsoft klantovereenkomst worden opgegeven of de klant moet de microsoft klantovereenkomst accepteren
  20000 | order id niet gevonden
  27006 | de limiet voor gebruik is overschreden voor aanbiedings id
  27009 | kan een onderliggend abonnement niet inschakelen als het bovenliggende abonnement niet actief is
  800001 | partner token ontbreekt in aanvraagcontext
  800003 | onverwachte servicefout
  800004 | ongeldige aanbiedings id
  800005 | order maken is niet gelukt
  800007 | kan inrichtingsgegevens niet ophalen
  800008 | kan winkelwagen id niet ophalen
  800009 | fout in winkelwagenitem
  800010 | inventaris is niet beschikbaar voor dit catalogusitem
  800011 | dit abonnement is geen geldig azure abonnement
  800012 | dit abonnement is geen actief abonnement
  800013 | dit abonnement is niet ingeschakeld voor ri aankoop
  800014 | er is een aangevraagde correctie in behandeling voor deze bestelling
  800015 | mpn id is niet gevonden
  800016 | mpn id is geen geldige indirecte reseller
  800017 | de hoeveelheid is niet beschikbaar voor dit catalogusitem
  800018 | de sandboxlimiet is bereikt
  800019 | niet sandbox tenants mogen geen andere aankopen annuleren dan softwareabonnementen en doorlopende software
  800020 | het catalogusitem komt niet in aanmerking voor aankoop
  800021 | dit abonnement is geen geldig abonnement
  800022 | mogelijk komt u in aanmerking voor deze transactie
  800023 | u komt niet in aanmerking voor deze transactie omdat uw creditcard geen minimale drempelwaarde voor deze aankoop bereikt
  800024 | u komt niet in aanmerking voor deze transactie
  800027 | het catalogusitem komt niet in aanmerking voor het toevoegen of verwijderen van een hoeveelheid
  800028 | de initiële aankooptermijn is niet meer beschikbaar voor aankoop update
  800030 | dit abonnement is niet geregistreerd
  800031 | aankoopsysteem wordt niet ondersteund
  800037 | asset id niet gevonden
  800038 | asset futurebillinginfo niet gevonden
  800039 | de status van het resellerprogramma is niet actief
  800041 | dit item is al geactiveerd
  800043 | toegang tot prijsinformatie wordt niet verleend
  800060 | uw bestelling wordt uitgevoerd controleer in enkele minuten uw bestelgeschiedenis op recente orders
  800061 | de order kan niet worden geannuleerd
  800063 | deze order … kan niet worden geannuleerd
  800064 | winkelwagen … wordt verwerkt door een andere aanvraag
  800065 | kan een reeds verzonden winkelwagen niet … uitchecken
  800066 | het gewenste aantal abonnementen overschrijdt het maximum aantal abonnementen dat per klant is toegestaan
  800067 | het gewenste aantal seat heeft het maximum aantal toegestane seats per abonnement overschreden
  800068 | het gewenste aantal abonnementen heeft het maximum aantal toegestane azure abonnementen per partner overschreden
  800069 | controle op order mislukt risicobeheer
  800070 | aanbieding is niet beschikbaar in het opgegeven land
  800071 | regelitemnummer moet van 0 tot het aantal regelitems zijn
  800072 | kan de factureringscyclus niet wijzigen als de syncstate van het abonnement niet is voltooid
  800073 | uw klantaccount wordt momenteel beoordeeld
  800075 | transacties voor deze klant zijn niet toegestaan controleer de gegevens van het klantaccount
  800076 | abonnementsgeschiedenis niet gevonden
  800077 | het annuleren van saas op basis van een seat wordt niet ondersteund via een patchorder
  800078 | de overdracht kan niet worden gemaakt met een ongeldig abonnement
  800081 | kan een abonnement niet bijwerken voordat het wordt geactiveerd
  800083 | beschikbaarheid heeft meer dan één inbegrepen hoeveelheidsopties
  800085 | de factureringscyclus van het abonnement komt niet overeen met de factureringscyclus van de oorspronkelijke order
  800086 | de tenant van de klant heeft geen vereiste tags voor de aanbieding
  800087 | er is een probleem met het regelitem
  800088 | plaatsen overschrijdt de resterende limiet voor … seats die per abonnement zijn toegestaan
  800089 | activa heeft de resterende limiet voor het aantal … toegestane activa per klant overschreden
  800090 | het aantal abonnementen kan niet worden verlaagd
  800091 | kan een abonnement met de status tijdelijk niet bijwerken
  800092 | kan het aantal seat niet verhogen voor een abonnement dat is gekocht onder het software assurance programma
  800093 | het abonnement komt niet in aanmerking voor automatische verlenging
  800094 | abonnement bijwerken is niet gelukt
  800095 | kan het aantal seat voor dit abonnement niet bijwerken
  800096 | kan de status van dit abonnement niet bijwerken
  800097 | kan de factureringscyclus voor dit abonnement niet bijwerken
  800098 | kan de partner niet bijwerken op record voor dit abonnement
  900100 | overdrachtsaanvraag niet gevonden
  900101 | deze overdracht is niet toegestaan omdat de … oorspronkelijke overdracht wordt uitgevoerd
  900102 | kan de overdrachtsaanvraag voor overdracht niet … verwerken
  900103 | overdrachtsorder is niet geslaagd
  900104 | overdracht … wordt verwerkt door een andere aanvraag
  900105 | u hebt een of meer azure abonnementen met de status tijdelijk opgeschort
  900106 | er is geen upgradeaanvraag gevonden
  900107 | kan de azure upgrade niet verwerken omdat het azure catalogusitem niet is gevonden
  900108 | kan de azure upgrade niet verwerken omdat de klant geen azure abonnementen heeft
  900109 | deze upgrade is niet toegestaan omdat de oorspronkelijke upgrade … wordt uitgevoerd
  900110 | kan de upgradeaanvraag voor de voltooide upgrade niet verwerken
  900112 | deze aankoop is niet toegestaan omdat de upgradeaanvraag … de status in behandeling heeft
  900113 | deze aankoop is niet toegestaan omdat de … upgradeaanvraag wordt uitgevoerd
  900114 | deze aankoop is niet toegestaan omdat de upgradeaanvraag … is mislukt
  900115 | azure plan kan niet worden verplaatst naar de status tijdelijk omdat u een of meer azure abonnementen met de status actief hebt
  900116 | er is een limiet voor het aantal azure plannen dat kan worden gemaakt onder sandbox accounts
  900117 | u hebt het … annuleringsvenster van de dag doorgegeven we kunnen uw aankoop niet annuleren
  900118 | ongeldige klant id
  900119 | kan azure upgrade niet verwerken voor azure partner shared services
  900120 | azure upgrade kan niet worden verwerkt
  900121 | kan order niet verwerken vanwege onvoldoende tegoedlimiet
  900122 | advisor offerte niet gevonden
  900123 | microsoft partner overeenkomst is niet geaccepteerd door de indirecte reseller
  900124 | uw bedrijf heeft de microsoft partner overeenkomst … niet geaccepteerd
  900125 | partnergegevens van advisor niet gevonden in de context van de aanvraag
  900127 | deze bewerking wordt niet ondersteund in deze omgeving
  900128 | een azure plan is vereist voor het aanschaffen van een saas abonnement met een factureringsplan naar gebruik
  900129 | de opgegeven azure plan id is niet gevonden of er zijn geen actieve azure abonnementen onder
  900130 | er zijn onlangs een of meer azure abonnementen aangeschaft deze abonnementen kunnen momenteel niet worden
  900131 | deze overdrachtsaanvraag kan niet worden gestart omdat de klant verouderde azure abonnementen heeft
  900132 | deze overdrachtsaanvraag kan niet worden gestart omdat het azure plan niet actief is
  900133 | deze overdrachtsaanvraag kan niet worden gestart omdat de klant geen azure plan heeft gekocht
  900135 | initiëren van overdrachtsaanvraag is mislukt
  900136 | de overdracht kan niet worden gestart als e mail domeindetails van de bronpartner die ontbreken in de aanvraag
  900137 | overdracht kan niet worden gemaakt als partner … niet ingeschakeld voor deze functie
  900138 | overdracht kan niet worden gemaakt als partner … nationale cloud wordt niet … ondersteund
  900139 | overdrachtsaanvraag kan niet worden geaccepteerd vraag de partner om overdracht te maken zonder azure abonnement
  900142 | de id van het catalogusitem is niet aanwezig
  900144 | de inrichtings sku id is niet aanwezig
  900145 | deze aanvraag voor de overdracht van het eigendom van de facturering kan niet worden voltooid omdat azure reserveringen niet worden overdragen met abonnementen
  900146 | deze aanvraag voor de overdracht van het eigendom van de facturering kan niet worden voltooid omdat marketplace producten van derden niet worden overdragen met abonnementen
  900147 | geef een geldig domein op dat is gekoppeld aan de huidige partner
  900148 | het maken van de overdracht is mislukt omdat de gegevens van de bronpartner overeenkomen met de aanvragende partner
  900149 | de status van het programma is niet actief
  900150 | de opgegeven rol heeft niet de rechten om de aangevraagde bewerking uit te voeren
  we-could-not-identify-this | we kunnen deze aankoop niet identificeren
  reopen-this-saas-subscription-in | open dit saas abonnement opnieuw in de azure portal of in microsoft 365 beheer centrum
  reopen-this-saas-subscription-in | open dit saas abonnement opnieuw in azure portal of in het m365 beheer centrum
`;

/** The page on payment methods of 2021-04-02. */
const ARABIC = `
  your-credit-card-was-declined | تم رفض بطاقة الائتمان … الخاصة بي
`;

/**
 * Published errors in French, German, Spanish, Portuguese of Brazil, Italian, Dutch and Arabic: one line for each sentence,
 * after the id of its error. Only French and Dutch have the table of Partner Center's error codes: the copies that were found
 * in German, Spanish, Portuguese and Italian end before the table, and there was none in Arabic. Of a sentence with a part
 * that people say every day, the line has at most eight words, which count only as a whole. Plain sentences, such as "the new
 * quantity is missing", were left out in German and Spanish.
 */
export const EUROPEAN_SENTENCES = [FRENCH, GERMAN, SPANISH, PORTUGUESE, ITALIAN, DUTCH, ARABIC] as const;
