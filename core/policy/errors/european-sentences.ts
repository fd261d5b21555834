/**
 * Published errors in French, German and Spanish: one line for each sentence, after the id of its error. French: the
 * edition of 2020-08-26 of Microsoft's error codes. The sentence about an unknown purchase is from the pages on SaaS
 * fulfilment in each language. Errors that are missing here were not found in that language.
 */
export const EUROPEAN_SENTENCES = `
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
  we-could-not-identify-this | dieser kauf konnte nicht identifiziert werden
  we-could-not-identify-this | no pudimos identificar esta compra
  reopen-this-saas-subscription-in | rouvrir cet abonnement saas dans le portail azure ou dans le centre d'administration microsoft 365
  reopen-this-saas-subscription-in | öffnen sie dieses saas abonnement im azure portal oder microsoft 365 admin center
  reopen-this-saas-subscription-in | vuelva a abrir esta suscripción de saas en azure portal o en el centro de administración de microsoft 365
`;
