package dev.carillon.acceptance;

import dev.carillon.acceptance.tools.NodeRuntime;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A Node.js process that runs real clients of the npm package, see {@code sdk.mjs}. */
final class SdkHost implements AutoCloseable {
  private final Path script;
  private final Process process;
  private final BufferedWriter commands;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
  private final Map<String, SdkClient> clients = new ConcurrentHashMap<>();

  SdkHost() throws IOException {
    script = Files.createTempFile("sdk", ".mjs");
    try (InputStream in = SdkHost.class.getResourceAsStream("/acceptance/sdk.mjs")) {
      Files.write(script, Objects.requireNonNull(in).readAllBytes());
    }
    process =
        new ProcessBuilder(
                NodeRuntime.executable().toString(),
                script.toString(),
                NodeRuntime.centrifuge().resolve("build").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    commands = process.outputWriter();
    Thread reader = new Thread(this::read, "sdk-host");
    reader.setDaemon(true);
    reader.start();
  }

  /** A new client; connects when it is told to. */
  SdkClient client(String name) {
    SdkClient client = new SdkClient(this, name);
    if (clients.putIfAbsent(name, client) != null) {
      throw new IllegalArgumentException(name + " (expected: a name not used before)");
    }
    return client;
  }

  /** Sends one command. Commands of one thread are carried out in order. */
  CompletableFuture<JsonObject> call(JsonObject command) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonObject> reply = new CompletableFuture<>();
    pending.put(id, reply);
    try {
      // One write, because writers of several threads share the pipe.
      commands.append(command.copy().put("id", id).encode() + "\n").flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the clients' process is gone", e);
    }
    return reply;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accept(new JsonObject(line));
      }
    } catch (IOException e) {
      pending.values().forEach(reply -> reply.completeExceptionally(e));
    }
  }

  private void accept(JsonObject message) {
    if (message.containsKey("event")) {
      Objects.requireNonNull(clients.get(message.getString("client"))).accept(message);
      return;
    }
    var reply = Objects.requireNonNull(pending.remove(message.getInteger("id")));
    JsonObject error = message.getJsonObject("error");
    if (error == null) {
      reply.complete(message.getJsonObject("result"));
    } else {
      reply.completeExceptionally(
          new SdkException(error.getInteger("code"), error.getString("message")));
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(script);
  }
}
