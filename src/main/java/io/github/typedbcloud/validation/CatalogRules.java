package io.github.typedbcloud.validation;

import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import java.util.List;
import java.util.Optional;

/** The rules that compare a request with the catalog. */
final class CatalogRules {

  private final Catalog catalog;

  CatalogRules(Catalog catalog) {
    this.catalog = catalog;
  }

  boolean offers(Provider provider) {
    return catalog.providers().contains(provider);
  }

  /** Reports a provider that the catalog does not offer. */
  void unknown(Provider provider, List<Violation> found) {
    found.add(
        Violation.of(
            "provider",
            provider.value(),
            rule(provider.value(), "is not in the catalog"),
            catalog.providers().stream().map(Provider::value).toList()));
  }

  /** Compares the request with what the catalog offers of its provider. */
  void deploy(DeployClusterRequest request, List<Violation> found) {
    Provider provider = request.provider();
    List<MachineType> machineTypes = catalog.machineTypes(provider);
    Optional<MachineType> machineType = catalog.machineType(provider, request.machineType());
    List<String> regions =
        machineType.map(MachineType::regions).orElseGet(() -> catalog.regions(provider));
    if (!regions.contains(request.region())) {
      String offeredBy = machineType.map(type -> " with " + type.name()).orElse("");
      found.add(
          Violation.of(
              "region",
              request.region(),
              rule(request.region(), "is not offered by " + provider + offeredBy),
              regions));
    }
    if (machineType.isEmpty()) {
      found.add(
          Violation.of(
              "machineType",
              request.machineType(),
              rule(request.machineType(), "is not offered by " + provider),
              machineTypes.stream().map(MachineType::name).toList()));
    } else if (request.isFree() && !machineType.get().freeAvailable()) {
      found.add(
          Violation.of(
              "machineType",
              request.machineType(),
              "is not available for free",
              machineTypes.stream()
                  .filter(MachineType::freeAvailable)
                  .map(MachineType::name)
                  .toList()));
    }
    List<String> storageTypes = catalog.storageTypes(provider);
    String storageType = request.storageType();
    if (storageType != null && !storageTypes.contains(storageType)) {
      found.add(
          Violation.of(
              "storageType",
              storageType,
              rule(storageType, "is not offered by " + provider),
              storageTypes));
    }
  }

  /** The cluster's provider is not known here, so any provider's machine type may be right. */
  void update(String machineType, List<Violation> found) {
    List<String> names =
        catalog.providers().stream()
            .flatMap(provider -> catalog.machineTypes(provider).stream())
            .map(MachineType::name)
            .toList();
    if (!names.contains(machineType)) {
      found.add(
          Violation.of(
              "machineType",
              machineType,
              rule(machineType, "is not offered by any provider"),
              names));
    }
  }

  private static String rule(String value, String rule) {
    return value.isBlank() ? "must be given" : rule;
  }
}
