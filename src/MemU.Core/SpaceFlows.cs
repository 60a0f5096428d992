using MemU.Edit;
using MemU.Maintenance;
using MemU.Memorize;
using MemU.Resources;
using MemU.Retrieve;
using MemU.Storage;

namespace MemU;

/// <summary>What a <see cref="MemorySpace"/> delegates to. One per host.</summary>
internal sealed record SpaceFlows(
    IMemoryStore Store,
    IBlobStore Blobs,
    MemorizeFlow Memorize,
    RetrieveFlow Retrieve,
    SpaceEditor Editor,
    SpaceExporter Exporter,
    SpaceImporter Importer,
    Reindexer Reindexer,
    SpaceCounting Counting);
