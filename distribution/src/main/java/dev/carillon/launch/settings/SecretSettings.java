package dev.carillon.launch.settings;

import java.util.List;
import java.util.stream.Stream;

/** Keys of the settings that a node makes for itself when nobody set them. */
public final class SecretSettings {
  public static final String TOKEN_KEY = "client.token.hmac_secret_key";
  public static final String CONSOLE_KEY = "admin.secret";
  public static final String CONSOLE_PASSWORD = "admin.password";
  public static final String CERTIFICATE = "http_server.tls.cert_pem_file";
  public static final String CERTIFICATE_KEY = "http_server.tls.key_pem_file";

  /** Secrets that are made on one machine, so that nodes of several must be given them. */
  public static final List<String> GENERATED = List.of(TOKEN_KEY, CONSOLE_KEY, CONSOLE_PASSWORD);

  /** Secrets that all nodes of a cluster must have in common, or not have at all. */
  public static final List<String> SHARED =
      Stream.concat(
              GENERATED.stream(),
              Stream.of(
                  "client.token.hmac_previous_secret_key",
                  "client.subscription_token.hmac_secret_key",
                  "client.subscription_token.hmac_previous_secret_key"))
          .toList();

  private SecretSettings() {}
}
