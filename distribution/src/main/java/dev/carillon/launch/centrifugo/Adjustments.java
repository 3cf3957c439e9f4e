package dev.carillon.launch.centrifugo;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Setting;
import dev.carillon.launch.settings.NodeOptions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The few options whose meaning depends on another option, or whose values have other names. */
final class Adjustments {
  private static final String PORT = "http_server.port";
  private static final String TLS_PORT = "http_server.tls_port";
  private static final String TLS = "http_server.tls.";
  private static final String VERTICLES = "node.verticles";
  private static final String SUBSCRIPTION_TOKEN = "client.subscription_token";
  private static final int MAX_PATH = 512;
  private static final String LOG_LEVEL = "log.level";

  private final Map<String, Setting> settings;

  private Adjustments(Map<String, Setting> taken) {
    this.settings = new LinkedHashMap<>(taken);
  }

  /** The settings as Carillon reads them. */
  static Map<String, Setting> of(Map<String, Setting> taken) {
    var adjustments = new Adjustments(taken);
    adjustments.tls();
    adjustments.console();
    adjustments.subscriptionTokens();
    adjustments.logLevel();
    adjustments.redis();
    return adjustments.settings;
  }

  /** With TLS the one port of Centrifugo is our port with TLS. */
  private void tls() {
    var enabled = settings.remove(TLS_PORT);
    if (!isTrue(enabled)) {
      settings.keySet().removeIf(key -> key.startsWith(TLS));
      return;
    }
    var port = settings.remove(PORT);
    settings.put(TLS_PORT, port == null ? new Setting("8000", enabled.source()) : port);
    requireFiles(TLS);
  }

  private void requireFiles(String prefix) {
    settings.forEach(
        (key, setting) -> {
          if (key.startsWith(prefix)) {
            requireFile(key, setting);
          }
        });
  }

  private static void requireFile(String key, Setting setting) {
    var text = setting.value().toString();
    if (text.length() > MAX_PATH || text.contains("\n")) {
      throw new ConfigException(
          setting.source(), key, "(set)", "the path of a file with the PEM text", null);
    }
  }

  private void console() {
    var enabled = settings.remove(VERTICLES);
    if (enabled != null && !isTrue(enabled)) {
      var others =
          NodeOptions.VERTICLES.stream().filter(name -> !name.equals("admin-api")).toList();
      settings.put(VERTICLES, new Setting(others, enabled.source()));
    }
  }

  /** Without them the keys of connections serve for subscriptions too. */
  private void subscriptionTokens() {
    if (!isTrue(settings.remove(SUBSCRIPTION_TOKEN))) {
      settings.keySet().removeIf(key -> key.startsWith(SUBSCRIPTION_TOKEN + "."));
    }
  }

  private void logLevel() {
    settings.computeIfPresent(
        LOG_LEVEL,
        (key, level) ->
            new Setting(
                logLevel(level.value().toString().toLowerCase(Locale.ROOT)), level.source()));
  }

  /** What the address says wins over the options beside it, as there. */
  private void redis() {
    var address = settings.remove(RedisAddress.KEY);
    if (address != null) {
      settings.putAll(RedisAddress.of(address));
    }
    requireFiles("redis.tls.");
  }

  private static String logLevel(String theirs) {
    return switch (theirs) {
      case "none" -> "off";
      case "fatal" -> "error";
      default -> theirs;
    };
  }

  private static boolean isTrue(@Nullable Setting setting) {
    return setting != null && setting.value().toString().equalsIgnoreCase("true");
  }
}
