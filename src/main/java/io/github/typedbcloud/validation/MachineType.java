package io.github.typedbcloud.validation;

import java.util.List;
import java.util.Objects;

/**
 * A machine type of one provider.
 *
 * @param name for example {@code c2d-highcpu-2}
 * @param freeAvailable whether free clusters can use it
 * @param regions the provider's regions that offer it
 */
public record MachineType(String name, boolean freeAvailable, List<String> regions) {

  /** Validates that the components are non-null, and copies the list. */
  public MachineType {
    Objects.requireNonNull(name, "name must not be null");
    regions = List.copyOf(Objects.requireNonNull(regions, "regions must not be null"));
  }
}
