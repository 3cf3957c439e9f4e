package dev.carillon.launch.centrifugo;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Setting;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address of Redis as Centrifugo writes it: {@code host:port}, or {@code
 * redis://user:password@host:port/database}; with {@code rediss} it is encrypted.
 */
final class RedisAddress {
  static final String KEY = "redis.address";

  private static final Set<String> SCHEMES = Set.of("redis", "rediss", "tcp");
  private static final int PORT = 6379;

  private RedisAddress() {}

  /**
   * What the address says, by our keys.
   *
   * @throws ConfigException when it is of another kind, such as that of a Sentinel
   */
  static Map<String, Setting> of(Setting setting) {
    var address = single(setting);
    var said = new LinkedHashMap<String, Setting>();
    if (!address.contains("://")) {
      said.put(KEY, new Setting(address, setting.source()));
      return said;
    }
    var uri = uri(address, setting);
    var port = uri.getPort() < 0 ? PORT : uri.getPort();
    said.put(KEY, new Setting(uri.getHost() + ":" + port, setting.source()));
    put(said, "redis.database", path(uri), setting);
    if ("rediss".equals(uri.getScheme())) {
      put(said, "redis.tls.enabled", "true", setting);
    }
    var user = uri.getUserInfo();
    if (user != null) {
      int colon = user.indexOf(':');
      put(said, "redis.user", colon < 0 ? user : user.substring(0, colon), setting);
      put(said, "redis.password", colon < 0 ? "" : user.substring(colon + 1), setting);
    }
    return said;
  }

  private static String single(Setting setting) {
    if (setting.value() instanceof List<?> list) {
      if (list.size() != 1) {
        throw refused(setting, list.size() + " addresses");
      }
      return String.valueOf(list.get(0));
    }
    return setting.value().toString();
  }

  private static URI uri(String address, Setting setting) {
    try {
      var uri = URI.create(address);
      if (SCHEMES.contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getQuery() == null) {
        return uri;
      }
    } catch (IllegalArgumentException garbled) {
      // Said below, without the password that may stand in it.
    }
    throw refused(setting, "(set)");
  }

  private static String path(URI uri) {
    var path = uri.getPath();
    return path == null || path.isEmpty() ? "" : path.substring(1);
  }

  private static void put(
      Map<String, Setting> said, String key, @Nullable String value, Setting setting) {
    if (value != null && !value.isEmpty()) {
      said.put(key, new Setting(value, setting.source()));
    }
  }

  private static ConfigException refused(Setting setting, String shown) {
    return new ConfigException(
        setting.source(),
        KEY,
        shown,
        "one host:port or redis://user:password@host:port/database (or rediss), and no options"
            + " after it",
        null);
  }
}
