// Everything Offer Desk needs in Azure. Every setting of the bot is a parameter, so that a second deployment changes nothing by itself.
// The Agents Toolkit cannot pass an empty value: '-' means "not set" (see env/.env.dev).

@description('Part of every resource name; 4 to 18 small letters and digits, unique in the region.')
@minLength(4)
@maxLength(18)
param resourceBaseName string

@description('Name of the bot as Teams shows it.')
@maxLength(42)
param botDisplayName string = 'Offer Desk'

param location string = resourceGroup().location

@description('Plan of the web app. The staging slot needs S1, P0v3 or above.')
param webAppSku string = 'P0v3'

@description('Whether to make a staging slot. Deploy into it, test it, swap it.')
@allowed(['yes', 'no'])
param stagingSlot string = 'yes'

@description('Size of the PostgreSQL server.')
param databaseSku string = 'Standard_B1ms'

@description('Days of PostgreSQL backups, 7 to 35.')
param databaseBackupDays string = '14'

@secure()
@description('Password of the PostgreSQL administrator: 16 or more letters and digits.')
@minLength(16)
param databasePassword string

@description('Days that logs are kept, 30 to 730.')
param logRetentionDays string = '90'

@description('Address that alerts are mailed to.')
param alertEmail string = '-'

@description('Whether customers on the web talk through Azure Direct Line instead of the endpoint in the bot.')
@allowed(['yes', 'no'])
param useDirectLine string = 'no'

@description('https origin of the desk, if it has its own host name.')
param publicUrl string = '-'

// The settings of the bot, in the order of .env.example.
param logLevel string = 'info'
param language string = 'en'
param directoryFile string = '-'
param profileFile string = '-'
param sourcesFile string = '-'
param privateHosts string = '-'
@secure()
param catalogKey string = '-'
@secure()
param signingKeys string = '-'
param keepStateDays string = '180'
param keepUnansweredDays string = '90'
param keepInsightsDays string = '400'
param keepAuditDays string = '730'
param keepIncidentsDays string = '365'
@description('Entra tenants whose members are partner staff, comma separated. Not set: the tenant of the subscription.')
param partnerTenants string = '-'
param staffGroups string = '-'
param admins string = '-'
param adminGroups string = '-'
param people string = '-'
param partnerCenterTenant string = '-'
param partnerCenterAppId string = '-'
@secure()
param partnerCenterSecret string = '-'
@secure()
param partnerCenterRefreshToken string = '-'
param allowedTenants string = '-'
@secure()
param metricsToken string = '-'
param tracesEndpoint string = '-'
param serviceHosts string = '-'
param tokensPerMinute string = '10'
param messagesPerMinute string = '60'
param conversationsPerAddress string = '20'
param knownAddresses string = '-'
param partnerId string = 'partner'
param widgetOrigins string = '-'
param widgetKeepDays string = '30'
@secure()
param identitySecret string = '-'
param identityKeysFile string = '-'
param caseDays string = '30'
param outageRate string = '30'
param outageReleaseFrom string = '-'

func given(value string) string => value == '-' ? '' : value
// App Service reads the secret from the vault at start. An empty setting stays empty.
func secretReference(vault string, name string, value string) string => value == '' ? '' : '@Microsoft.KeyVault(VaultName=${vault};SecretName=${name})'

var webAppName = '${resourceBaseName}-desk'
var vaultName = '${resourceBaseName}-kv'
var databaseName = '${resourceBaseName}-db'
var databaseLogin = 'offerdesk'
var databaseHost = '${databaseName}.postgres.database.azure.com'
var webAppHost = '${webAppName}.azurewebsites.net'
var origin = given(publicUrl) == '' ? 'https://${webAppHost}' : publicUrl
// The platform kills the process after this time; the bot needs one second less (OFFER_DESK_STOP_SECONDS).
var stopSeconds = 30

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${resourceBaseName}-bot'
  location: location
}

module monitoring './modules/monitoring.bicep' = {
  name: 'offer-desk-monitoring'
  params: {
    baseName: resourceBaseName
    location: location
    retentionDays: int(logRetentionDays)
    readyUrl: '${origin}/readyz'
    alertEmail: given(alertEmail)
  }
}

module database './modules/database.bicep' = {
  name: 'offer-desk-database'
  params: {
    serverName: databaseName
    location: location
    skuName: databaseSku
    backupDays: int(databaseBackupDays)
    login: databaseLogin
    password: databasePassword
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault './modules/vault.bicep' = {
  name: 'offer-desk-vault'
  params: {
    vaultName: vaultName
    location: location
    readerPrincipalId: identity.properties.principalId
    secrets: {
      'database-url': 'postgres://${databaseLogin}:${uriComponent(databasePassword)}@${databaseHost}:5432/offer_desk?sslmode=verify-full'
      'metrics-token': given(metricsToken)
      'identity-secret': given(identitySecret)
      'catalog-key': given(catalogKey)
      'partner-center-secret': given(partnerCenterSecret)
      'partner-center-refresh-token': given(partnerCenterRefreshToken)
      'signing-keys': given(signingKeys)
    }
  }
}

module webApp './modules/web-app.bicep' = {
  name: 'offer-desk-web-app'
  params: {
    webAppName: webAppName
    planName: '${resourceBaseName}-plan'
    location: location
    skuName: webAppSku
    stagingSlot: stagingSlot == 'yes'
    identityId: identity.id
    workspaceId: monitoring.outputs.workspaceId
    settings: {
      NODE_ENV: 'production'
      HOST: '0.0.0.0'
      PORT: '8080'
      WEBSITES_PORT: '8080'
      WEBSITES_CONTAINER_STOP_TIME_LIMIT: string(stopSeconds)
      SCM_DO_BUILD_DURING_DEPLOYMENT: 'false'
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
      // The identity that the Azure SDK takes when a web app has more than one.
      AZURE_CLIENT_ID: identity.properties.clientId
      LOG_LEVEL: logLevel
      OFFER_DESK_PUBLIC_URL: origin
      OFFER_DESK_DATA_DIR: '/home/data/offer-desk'
      DATABASE_URL: secretReference(vaultName, 'database-url', 'set')
      OFFER_DESK_SIGNING_KEYS: secretReference(vaultName, 'signing-keys', given(signingKeys))
      OFFER_DESK_LANGUAGE: language
      OFFER_DESK_DIRECTORY: given(directoryFile)
      OFFER_DESK_PROFILE: given(profileFile)
      OFFER_DESK_SOURCES: given(sourcesFile)
      OFFER_DESK_PRIVATE_HOSTS: given(privateHosts)
      OFFER_DESK_CATALOG_KEY: secretReference(vaultName, 'catalog-key', given(catalogKey))
      OFFER_DESK_KEEP_STATE_DAYS: keepStateDays
      OFFER_DESK_KEEP_UNANSWERED_DAYS: keepUnansweredDays
      OFFER_DESK_KEEP_INSIGHTS_DAYS: keepInsightsDays
      OFFER_DESK_KEEP_AUDIT_DAYS: keepAuditDays
      OFFER_DESK_KEEP_INCIDENTS_DAYS: keepIncidentsDays
      MICROSOFT_APP_TYPE: 'UserAssignedMSI'
      MICROSOFT_APP_ID: identity.properties.clientId
      MICROSOFT_APP_TENANT_ID: identity.properties.tenantId
      // A managed identity has no password.
      MICROSOFT_APP_PASSWORD: ''
      OFFER_DESK_PARTNER_TENANTS: given(partnerTenants) == '' ? subscription().tenantId : partnerTenants
      OFFER_DESK_STAFF_GROUPS: given(staffGroups)
      OFFER_DESK_ADMINS: given(admins)
      OFFER_DESK_ADMIN_GROUPS: given(adminGroups)
      OFFER_DESK_PEOPLE: given(people)
      OFFER_DESK_PARTNER_CENTER_TENANT: given(partnerCenterTenant)
      OFFER_DESK_PARTNER_CENTER_APP_ID: given(partnerCenterAppId)
      OFFER_DESK_PARTNER_CENTER_SECRET: secretReference(vaultName, 'partner-center-secret', given(partnerCenterSecret))
      OFFER_DESK_PARTNER_CENTER_REFRESH_TOKEN: secretReference(vaultName, 'partner-center-refresh-token', given(partnerCenterRefreshToken))
      OFFER_DESK_ALLOWED_TENANTS: given(allowedTenants)
      OFFER_DESK_STOP_SECONDS: string(stopSeconds - 1)
      OFFER_DESK_METRICS_TOKEN: secretReference(vaultName, 'metrics-token', given(metricsToken))
      OTEL_EXPORTER_OTLP_ENDPOINT: given(tracesEndpoint)
      OFFER_DESK_SERVICE_HOSTS: given(serviceHosts)
      OFFER_DESK_TOKENS_PER_MINUTE: tokensPerMinute
      OFFER_DESK_MESSAGES_PER_MINUTE: messagesPerMinute
      OFFER_DESK_CONVERSATIONS_PER_ADDRESS: conversationsPerAddress
      OFFER_DESK_KNOWN_ADDRESSES: given(knownAddresses)
      // App Service itself is the one proxy in front.
      OFFER_DESK_PROXIES: '1'
      OFFER_DESK_PARTNER_ID: partnerId
      OFFER_DESK_WIDGET_ORIGINS: given(widgetOrigins)
      OFFER_DESK_WIDGET_KEEP_DAYS: widgetKeepDays
      OFFER_DESK_IDENTITY_SECRET: secretReference(vaultName, 'identity-secret', given(identitySecret))
      OFFER_DESK_IDENTITY_KEYS: given(identityKeysFile)
      OFFER_DESK_DIRECT_LINE_SECRET: secretReference(vaultName, 'direct-line-secret', useDirectLine == 'yes' ? 'set' : '')
      OFFER_DESK_DIRECT_LINE_URL: 'https://directline.botframework.com/v3/directline'
      OFFER_DESK_CASES_END_DAYS: caseDays
      OFFER_DESK_OUTAGE_RATE: outageRate
      OFFER_DESK_OUTAGE_RELEASE_FROM: given(outageReleaseFrom)
    }
  }
  dependsOn: [vault, database]
}

module bot './botRegistration/azurebot.bicep' = {
  name: 'offer-desk-bot'
  params: {
    botServiceName: '${resourceBaseName}-bot'
    botDisplayName: botDisplayName
    botEndpoint: '${origin}/api/messages'
    identityResourceId: identity.id
    identityClientId: identity.properties.clientId
    identityTenantId: identity.properties.tenantId
    useDirectLine: useDirectLine == 'yes'
    origin: origin
    vaultName: vaultName
  }
  dependsOn: [vault]
}

output BOT_AZURE_APP_SERVICE_RESOURCE_ID string = webApp.outputs.id
output BOT_DOMAIN string = replace(origin, 'https://', '')
output BOT_ID string = identity.properties.clientId
output BOT_TENANT_ID string = identity.properties.tenantId
