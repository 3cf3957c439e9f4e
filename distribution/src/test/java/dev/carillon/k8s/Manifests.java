package dev.carillon.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads manifests into the types of the Kubernetes API; a field that a type lacks is an error. */
final class Manifests {

  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "v1/Service", Service.class,
          "apps/v1/StatefulSet", StatefulSet.class,
          "apps/v1/Deployment", Deployment.class,
          "autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
          "networking.k8s.io/v1/Ingress", Ingress.class);

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(new NoCatchAll());

  /** The types keep fields they don't know in a map; without it such fields fail. */
  private static final class NoCatchAll extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated member) {
      return false;
    }

    @Override
    public Boolean hasAnyGetter(Annotated member) {
      return false;
    }
  }

  /** The folder with the manifests. */
  static final Path FOLDER = root().resolve("k8s");

  private Manifests() {}

  /** The root of the repository. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = Objects.requireNonNull(folder.getParent(), "the root of the repository");
    }
    return folder;
  }

  /** The one object of a file. */
  static <T> T only(Path file, Class<T> type) {
    List<Object> objects = objects(file);
    assertEquals(1, objects.size(), file.toString());
    return type.cast(objects.get(0));
  }

  /** The documents of a file as plain maps. */
  static List<Map<?, ?>> documents(Path file) {
    try {
      var documents = new ArrayList<Map<?, ?>>();
      var load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
      load.loadAllFromString(Files.readString(file)).forEach(d -> documents.add((Map<?, ?>) d));
      return documents;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * The objects of a file.
   *
   * @throws IllegalArgumentException for an unknown kind, an unknown field or a wrong type
   */
  static List<Object> objects(Path file) {
    return documents(file).stream().map(Manifests::object).toList();
  }

  static Object object(Map<?, ?> document) {
    String kind = document.get("apiVersion") + "/" + document.get("kind");
    Class<?> type = TYPES.get(kind);
    if (type == null) {
      throw new IllegalArgumentException(kind + " (expected: one of " + TYPES.keySet() + ")");
    }
    return STRICT.convertValue(document, type);
  }
}
