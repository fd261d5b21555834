// The bot's registration with Azure Bot Service, its Teams channel and, by choice, its Direct Line channel.

@maxLength(42)
param botServiceName string
param botDisplayName string
param botEndpoint string
param identityResourceId string
param identityClientId string
param identityTenantId string
param useDirectLine bool
@description('Only pages of this origin may use Direct Line tokens.')
param origin string
param vaultName string

resource botService 'Microsoft.BotService/botServices@2022-09-15' = {
  kind: 'azurebot'
  location: 'global'
  name: botServiceName
  properties: {
    displayName: botDisplayName
    endpoint: botEndpoint
    msaAppId: identityClientId
    msaAppMSIResourceId: identityResourceId
    msaAppTenantId: identityTenantId
    msaAppType: 'UserAssignedMSI'
  }
  // Free for Teams. Direct Line has a fee from 10,000 messages a month on, and then needs S1.
  sku: { name: useDirectLine ? 'S1' : 'F0' }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: botService
  location: 'global'
  name: 'MsTeamsChannel'
  properties: { channelName: 'MsTeamsChannel' }
}

resource directLine 'Microsoft.BotService/botServices/channels@2022-09-15' = if (useDirectLine) {
  parent: botService
  location: 'global'
  name: 'DirectLineChannel'
  properties: {
    channelName: 'DirectLineChannel'
    properties: {
      sites: [
        {
          siteName: 'widget'
          isEnabled: true
          isV1Enabled: false
          isV3Enabled: true
          isSecureSiteEnabled: true
          trustedOrigins: [origin]
        }
      ]
    }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = { name: vaultName }

resource directLineSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (useDirectLine) {
  parent: vault
  name: 'direct-line-secret'
  properties: { value: directLine.listChannelWithKeys().setting.sites[0].key }
}
