package dev.carillon.session;

import dev.carillon.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of a process have in common.
 *
 * @param client limits and timers
 * @param namespaces rules of channels
 * @param version what the server calls itself; never empty, because SDKs expect some text
 * @throws ConfigException when personal channels have no namespace, or one without what they need
 */
public record SessionSettings(ClientOptions client, Namespaces namespaces, String version) {

  private static final String PERSONAL = "client.subscribe_to_user_personal_channel.";

  public SessionSettings {
    PersonalChannelOptions personal = client.subscribeToUserPersonalChannel();
    if (personal.enabled()) {
      check(personal, namespaces.of(personal.channel("any")));
    }
  }

  private static void check(PersonalChannelOptions personal, @Nullable Namespace namespace) {
    if (namespace == null) {
      throw new ConfigException(
          PERSONAL + "personal_channel_namespace",
          personal.personalChannelNamespace(),
          "one of channel.namespaces");
    }
    if (personal.singleConnection() && !namespace.options().presence()) {
      throw new ConfigException(
          PERSONAL + "single_connection", true, "presence in the namespace as well");
    }
  }
}
