package picup.library.place;

import org.jspecify.annotations.Nullable;

/// Where a picture was taken, in words. The name of the country is the reader's matter: browsers know it in every language.
///
/// @param id      as GeoNames counts places
/// @param nameKo  in Korean, where somebody told GeoNames
/// @param region  state or province, where one is known
/// @param country ISO 3166-1, two letters
public record Town(int id, String name, @Nullable String nameKo, @Nullable String region, @Nullable String regionKo, String country) {}
