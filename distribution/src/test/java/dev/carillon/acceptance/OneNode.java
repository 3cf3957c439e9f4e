package dev.carillon.acceptance;

import dev.carillon.protocol.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One node and real clients of it, for the tests of one class. Register it as a static extension.
 */
final class OneNode implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final String configuration;
  private final Nodes nodes = new Nodes();
  private @Nullable NodeProcess node;
  private @Nullable SdkHost host;

  /**
   * @param configuration the whole of its file
   */
  OneNode(String configuration) {
    this.configuration = configuration;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path file = nodes.folder().resolve("carillon.yaml");
    Files.writeString(file, configuration);
    node = nodes.start("n1", "--config", file.toString()).awaitReady();
    host = new SdkHost();
  }

  /** One that is not connected yet. A name is used once in each encoding. */
  SdkClient client(String name, Encoding encoding) {
    if (host == null) {
      throw new IllegalStateException("no clients (expected: asked for by a test)");
    }
    return host.client(name + "-" + encoding.name().toLowerCase(Locale.ROOT));
  }

  /**
   * One that is connected.
   *
   * @param tokens one for the connect, the others for when it expires; none where nobody needs one
   */
  SdkClient connected(String name, Encoding encoding, String... tokens) {
    SdkClient client = client(name, encoding);
    if (tokens.length == 0) {
      client.connect(encoding, urls());
    } else {
      client.connect(List.of(tokens), encoding, urls());
    }
    return client;
  }

  /** Where its clients connect to. */
  List<String> urls() {
    if (node == null) {
      throw new IllegalStateException("no node (expected: asked for by a test)");
    }
    return List.of(node.webSocketUrl());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    nodes.afterEach(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (host != null) {
      host.close();
    }
    nodes.afterAll(context);
  }
}
