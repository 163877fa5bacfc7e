package io.github.typedbcloud.validation;

import io.github.typedbcloud.model.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the service offers: providers with their storage types, machine types and regions.
 *
 * <p>The service changes its offer several times a year. Extend the bundled catalog with {@link
 * #toBuilder()}, replace it with {@link #parse} or {@link #load}, or skip it with {@link
 * Validation#RULES_ONLY}.
 *
 * <p>Immutable and thread-safe.
 */
public final class Catalog {

  private static final Catalog PROJECTS = new Catalog(true, null);

  private static final Catalog SPACES = new Catalog(false, null);

  /** Of a bundled catalog: whether it is the one of project scopes. */
  private final boolean inProjects;

  /** Null until a bundled catalog is first used, which reads it. */
  private volatile @Nullable Map<Provider, Offer> offers;

  private Catalog(boolean inProjects, @Nullable Map<Provider, Offer> offers) {
    this.inProjects = inProjects;
    this.offers = offers;
  }

  /** The catalog of project scopes that this release was made with. */
  public static Catalog projects() {
    return PROJECTS;
  }

  /** The catalog of space scopes that this release was made with. */
  public static Catalog spaces() {
    return SPACES;
  }

  /** A builder that starts with an empty catalog. */
  public static Builder builder() {
    return new Builder(Map.of());
  }

  /**
   * Reads a catalog from JSON.
   *
   * @param json {@code {"providers": [{"id": "gcp", "storageTypes": ["standard-rwo"],
   *     "machineTypes": [{"name": "c2d-highcpu-2", "freeAvailable": true, "regions":
   *     ["europe-west2"]}]}]}}
   * @throws IllegalArgumentException when the JSON is invalid or has another form; the message says
   *     where
   */
  public static Catalog parse(String json) {
    Objects.requireNonNull(json, "json must not be null");
    return CatalogJson.parse(json, "the given string");
  }

  /**
   * Reads a catalog from a file of JSON in UTF-8, in the form that {@link #parse} takes.
   *
   * @param file the path of the file
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException when the JSON is invalid or has another form; the message says
   *     where
   */
  public static Catalog load(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    return CatalogJson.parse(Files.readString(file), file.toString());
  }

  /** A builder that starts with the content of this catalog. */
  public Builder toBuilder() {
    return new Builder(offers());
  }

  /** The providers, in the catalog's order. */
  public List<Provider> providers() {
    return List.copyOf(offers().keySet());
  }

  /**
   * The storage types of a provider, the default one first; empty when the provider is not in the
   * catalog.
   *
   * @param provider the provider
   */
  public List<String> storageTypes(Provider provider) {
    Objects.requireNonNull(provider, "provider must not be null");
    return List.copyOf(offer(provider).storageTypes());
  }

  /**
   * The machine types of a provider; empty when the provider is not in the catalog.
   *
   * @param provider the provider
   */
  public List<MachineType> machineTypes(Provider provider) {
    Objects.requireNonNull(provider, "provider must not be null");
    return List.copyOf(offer(provider).machineTypes().values());
  }

  /**
   * One machine type of a provider.
   *
   * @param provider the provider
   * @param name the machine type's name
   */
  public Optional<MachineType> machineType(Provider provider, String name) {
    Objects.requireNonNull(provider, "provider must not be null");
    Objects.requireNonNull(name, "name must not be null");
    return Optional.ofNullable(offer(provider).machineTypes().get(name));
  }

  /**
   * All regions of a provider, each offering at least one machine type; empty when the provider is
   * not in the catalog.
   *
   * @param provider the provider
   */
  public List<String> regions(Provider provider) {
    Objects.requireNonNull(provider, "provider must not be null");
    LinkedHashSet<String> regions = new LinkedHashSet<>();
    offer(provider).machineTypes().values().forEach(type -> regions.addAll(type.regions()));
    return List.copyOf(regions);
  }

  /** Two threads may both read the bundled catalog; the results are equal. */
  private Map<Provider, Offer> offers() {
    Map<Provider, Offer> known = offers;
    if (known == null) {
      known = CatalogJson.bundled(inProjects).offers();
      offers = known;
    }
    return known;
  }

  private Offer offer(Provider provider) {
    return offers().getOrDefault(provider, Offer.NOTHING);
  }

  /** One line for each provider. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Catalog");
    offers()
        .forEach(
            (provider, offer) -> text.append("\n  ").append(provider).append(": ").append(offer));
    return text.toString();
  }

  /** What one provider offers. */
  private record Offer(List<String> storageTypes, Map<String, MachineType> machineTypes) {
    static final Offer NOTHING = new Offer(List.of(), Map.of());
  }

  /** Builds a catalog. Not thread-safe. */
  public static final class Builder {
    private final Map<Provider, Offer> offers = new LinkedHashMap<>();

    private Builder(Map<Provider, Offer> start) {
      start.forEach((provider, offer) -> offers.put(provider, copy(offer)));
    }

    /**
     * Adds a storage type, and its provider if that is new. A provider's first storage type is the
     * default one.
     *
     * @param provider the provider that offers it
     * @param name for example {@code gp2}
     */
    public Builder storageType(Provider provider, String name) {
      Objects.requireNonNull(name, "name must not be null");
      List<String> names = offer(provider).storageTypes();
      if (!names.contains(name)) {
        names.add(name);
      }
      return this;
    }

    /**
     * Adds a machine type, and its provider if that is new; replaces one of the same name.
     *
     * @param provider the provider that offers it
     * @param machineType its name, regions and whether it is available for free
     */
    public Builder machineType(Provider provider, MachineType machineType) {
      Objects.requireNonNull(machineType, "machineType must not be null");
      offer(provider).machineTypes().put(machineType.name(), machineType);
      return this;
    }

    /**
     * Removes a provider with all its storage types and machine types.
     *
     * @param provider the provider
     */
    public Builder without(Provider provider) {
      Objects.requireNonNull(provider, "provider must not be null");
      offers.remove(provider);
      return this;
    }

    /** Builds the catalog; the builder can be used further. */
    public Catalog build() {
      Map<Provider, Offer> built = new LinkedHashMap<>();
      offers.forEach((provider, offer) -> built.put(provider, copy(offer)));
      return new Catalog(false, Collections.unmodifiableMap(built));
    }

    private Offer offer(Provider provider) {
      Objects.requireNonNull(provider, "provider must not be null");
      return offers.computeIfAbsent(provider, absent -> copy(Offer.NOTHING));
    }

    private static Offer copy(Offer offer) {
      return new Offer(
          new ArrayList<>(offer.storageTypes()), new LinkedHashMap<>(offer.machineTypes()));
    }
  }
}
