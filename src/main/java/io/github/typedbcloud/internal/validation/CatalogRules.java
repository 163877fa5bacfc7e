package io.github.typedbcloud.internal.validation;

import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.MachineType;
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
  void unknown(Provider provider, Violations found) {
    found.addName(
        "provider",
        provider.value(),
        "is not in the catalog",
        catalog.providers().stream().map(Provider::value).toList());
  }

  /** Compares the request with what the catalog offers of its provider. */
  void deploy(DeployClusterRequest request, Violations found) {
    Provider provider = request.provider();
    List<MachineType> machineTypes = catalog.machineTypes(provider);
    Optional<MachineType> machineType = catalog.machineType(provider, request.machineType());
    List<String> regions =
        machineType.map(MachineType::regions).orElseGet(() -> catalog.regions(provider));
    if (!regions.contains(request.region())) {
      String offeredBy = machineType.map(type -> " with " + type.name()).orElse("");
      found.addName(
          "region", request.region(), "is not offered by " + provider + offeredBy, regions);
    }
    if (machineType.isEmpty()) {
      found.addName(
          "machineType",
          request.machineType(),
          "is not offered by " + provider,
          machineTypes.stream().map(MachineType::name).toList());
    } else if (request.isFree() && !machineType.get().freeAvailable()) {
      found.add(
          "machineType",
          request.machineType(),
          "is not available for free",
          machineTypes.stream().filter(MachineType::freeAvailable).map(MachineType::name).toList());
    }
    List<String> storageTypes = catalog.storageTypes(provider);
    String storageType = request.storageType();
    if (storageType != null && !storageTypes.contains(storageType)) {
      found.addName("storageType", storageType, "is not offered by " + provider, storageTypes);
    }
  }

  /** The cluster's provider is not known here, so a machine type of any provider is accepted. */
  void update(String machineType, Violations found) {
    List<String> names =
        catalog.providers().stream()
            .flatMap(provider -> catalog.machineTypes(provider).stream())
            .map(MachineType::name)
            .toList();
    if (!names.contains(machineType)) {
      found.addName("machineType", machineType, "is not offered by any provider", names);
    }
  }
}
