package dev.carillon.session;

import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PermissionsTest {

  private static final Permissions ANN = new Permissions("ann", false);
  private static final Permissions ANONYMOUS = new Permissions("", false);
  private static final Permissions INSECURE = new Permissions("", true);

  @Test
  void nothingIsAllowedByDefault() {
    Namespace none = chat();
    assertFalse(ANN.subscribe(none, "chat:a"));
    assertFalse(ANN.publish(none, true));
    assertFalse(ANN.history(none, true));
    assertFalse(ANN.presence(none, true));
  }

  @Test
  void anonymousClientsNeedBothOptions() {
    assertTrue(ANN.subscribe(chat("allow_subscribe_for_client"), "chat:a"));
    assertFalse(ANONYMOUS.subscribe(chat("allow_subscribe_for_client"), "chat:a"));
    assertFalse(ANONYMOUS.subscribe(chat("allow_subscribe_for_anonymous"), "chat:a"));
    assertTrue(
        ANONYMOUS.subscribe(
            chat("allow_subscribe_for_client", "allow_subscribe_for_anonymous"), "chat:a"));
    for (String what : List.of("publish", "history", "presence")) {
      for (String who : List.of("client", "subscriber")) {
        Namespace users = chat("allow_" + what + "_for_" + who);
        Namespace all = chat("allow_" + what + "_for_" + who, "allow_" + what + "_for_anonymous");
        assertTrue(allowed(ANN, what, users, true), what + who);
        assertEquals(who.equals("client"), allowed(ANN, what, users, false), what + who);
        assertFalse(allowed(ANONYMOUS, what, users, true), what + who);
        assertTrue(allowed(ANONYMOUS, what, all, true), what + who);
      }
    }
  }

  @Test
  void anInsecureServerOpensEverythingButPrivateChannels() {
    Namespace none = chat("allow_user_limited_channels");
    assertTrue(INSECURE.subscribe(none, "chat:a"));
    assertTrue(INSECURE.subscribe(none, "chat:a#bob"));
    assertFalse(INSECURE.subscribe(none, "$chat:a"));
    assertTrue(INSECURE.publish(none, false));
    assertTrue(INSECURE.history(none, false));
    assertTrue(INSECURE.presence(none, false));
  }

  @Test
  void onlyTheUsersInTheNameMaySubscribe() {
    Namespace limited = chat("allow_user_limited_channels", "allow_subscribe_for_client");
    assertTrue(ANN.subscribe(limited, "chat:dialog#ann"));
    assertTrue(ANN.subscribe(limited, "chat:dialog#bob,ann"));
    assertTrue(ANN.subscribe(limited, "chat:dialog#bob#ann"));
    assertFalse(ANN.subscribe(limited, "chat:dialog#bob"));
    assertFalse(ANN.subscribe(limited, "chat:dialog#anna"));
    assertFalse(ANN.subscribe(limited, "chat:dialog#ann#bob"));
    assertFalse(ANONYMOUS.subscribe(limited, "chat:dialog#"));
    assertTrue(ANN.subscribe(limited, "chat:lobby"));
    assertTrue(ANN.subscribe(chat("allow_subscribe_for_client"), "chat:dialog#bob"));
  }

  private static boolean allowed(
      Permissions permissions, String what, Namespace namespace, boolean subscribed) {
    return switch (what) {
      case "publish" -> permissions.publish(namespace, subscribed);
      case "history" -> permissions.history(namespace, subscribed);
      default -> permissions.presence(namespace, subscribed);
    };
  }

  private static Namespace chat(String... allowed) {
    Object[] keys = new Object[allowed.length * 2];
    for (int i = 0; i < allowed.length; i++) {
      keys[2 * i] = allowed[i];
      keys[2 * i + 1] = true;
    }
    var namespaces = settings(Map.of(), List.of(namespace("chat", keys))).namespaces();
    return Objects.requireNonNull(namespaces.of("chat:a"));
  }
}
