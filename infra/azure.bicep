// What Offer Desk needs in Azure: one web app with a managed identity, and the bot's registration. Nothing secret goes out.

@description('Part of every resource name; 4 to 18 letters and digits, unique in the region.')
@minLength(4)
@maxLength(18)
param resourceBaseName string

@description('Name of the bot as Teams shows it.')
@maxLength(42)
param botDisplayName string = 'Offer Desk'

@description('Plan of the web app. Always-on, and so the delivery of notices, needs B1 or above.')
param webAppSku string = 'B1'

@description('Entra tenants whose members are partner staff, comma separated.')
param partnerTenants string = subscription().tenantId

@secure()
@description('PostgreSQL connection string. The embedded store is not for a web app: its disk is a network share.')
param databaseUrl string

param location string = resourceGroup().location

var webAppName = '${resourceBaseName}-desk'
var webAppHost = '${webAppName}.azurewebsites.net'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${resourceBaseName}-bot'
  location: location
}

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '${resourceBaseName}-plan'
  location: location
  kind: 'linux'
  sku: { name: webAppSku }
  properties: { reserved: true }
}

resource webApp 'Microsoft.Web/sites@2023-12-01' = {
  name: webAppName
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: {
      linuxFxVersion: 'NODE|20-lts'
      alwaysOn: true
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      healthCheckPath: '/readyz'
      webSocketsEnabled: true
      appCommandLine: 'npm start'
      appSettings: [
        { name: 'NODE_ENV', value: 'production' }
        { name: 'HOST', value: '0.0.0.0' }
        { name: 'PORT', value: '8080' }
        { name: 'WEBSITES_PORT', value: '8080' }
        { name: 'WEBSITES_CONTAINER_STOP_TIME_LIMIT', value: '60' }
        { name: 'SCM_DO_BUILD_DURING_DEPLOYMENT', value: 'false' }
        { name: 'OFFER_DESK_PUBLIC_URL', value: 'https://${webAppHost}' }
        { name: 'OFFER_DESK_PARTNER_TENANTS', value: partnerTenants }
        { name: 'DATABASE_URL', value: databaseUrl }
        { name: 'MICROSOFT_APP_TYPE', value: 'UserAssignedMSI' }
        { name: 'MICROSOFT_APP_ID', value: identity.properties.clientId }
        { name: 'MICROSOFT_APP_TENANT_ID', value: identity.properties.tenantId }
        // The identity the Azure SDK takes when a web app has more than one.
        { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
      ]
    }
  }
}

module bot './botRegistration/azurebot.bicep' = {
  name: 'offer-desk-bot'
  params: {
    botServiceName: '${resourceBaseName}-bot'
    botDisplayName: botDisplayName
    botEndpoint: 'https://${webApp.properties.defaultHostName}/api/messages'
    identityResourceId: identity.id
    identityClientId: identity.properties.clientId
    identityTenantId: identity.properties.tenantId
  }
}

output BOT_AZURE_APP_SERVICE_RESOURCE_ID string = webApp.id
output BOT_DOMAIN string = webApp.properties.defaultHostName
output BOT_ID string = identity.properties.clientId
output BOT_TENANT_ID string = identity.properties.tenantId
