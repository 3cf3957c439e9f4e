package dev.carillon.session;

import dev.carillon.config.ConfigException;

/**
 * What all sessions of a process have in common.
 *
 * @param client limits and timers
 * @param namespaces rules of channels
 * @param rpc what clients may call
 * @param version what the server calls itself; never empty, because SDKs expect some text
 * @throws ConfigException when personal channels have no namespace
 */
public record SessionSettings(
    ClientOptions client, Namespaces namespaces, RpcOptions rpc, String version) {

  public SessionSettings {
    PersonalChannelOptions personal = client.subscribeToUserPersonalChannel();
    if (personal.enabled() && namespaces.of(personal.channel("any")) == null) {
      throw new ConfigException(
          "client.subscribe_to_user_personal_channel.personal_channel_namespace",
          personal.personalChannelNamespace(),
          "one of channel.namespaces");
    }
  }
}
