package dev.carillon.launch.centrifugo;

import dev.carillon.config.Setting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Centrifugo keeps streams: the section {@code broker} says it when it is enabled, and
 * otherwise the section {@code engine}. What stands below the other one counts for nothing.
 *
 * @param isBroker whether the section {@code broker} says it
 * @param isRedis whether it says Redis
 */
record EngineChoice(boolean isBroker, boolean isRedis) {

  static EngineChoice of(Map<String, Setting> settings) {
    boolean broker = "true".equalsIgnoreCase(text(settings, "broker.enabled"));
    var type = text(settings, broker ? "broker.type" : "engine.type");
    return new EngineChoice(broker, "redis".equals(type));
  }

  /** Whether an option has any effect there. */
  boolean counts(String key) {
    if (key.equals("broker.enabled")) {
      return false;
    }
    if (key.equals("engine.type") || key.startsWith("engine.redis.")) {
      return !isBroker && (isRedis || key.equals("engine.type"));
    }
    if (key.equals("broker.type") || key.startsWith("broker.redis.")) {
      return isBroker && (isRedis || key.equals("broker.type"));
    }
    return true;
  }

  /** The value of a key whose parts may be joined by dots or be maps in maps. */
  private static @Nullable String text(Map<?, ?> settings, String key) {
    for (var entry : settings.entrySet()) {
      var name = String.valueOf(entry.getKey());
      if (entry.getValue() instanceof Setting setting) {
        if (name.equals(key)) {
          return setting.value().toString();
        }
        if (key.startsWith(name + ".") && setting.value() instanceof Map<?, ?> below) {
          return text(below, key.substring(name.length() + 1));
        }
      }
    }
    return null;
  }
}
