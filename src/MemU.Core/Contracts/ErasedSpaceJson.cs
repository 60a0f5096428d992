using MemU.Maintenance;

namespace MemU.Contracts;

/// <summary>What was removed of one space, in JSON.</summary>
/// <param name="ScopeHash">A hash of tenant, user and agent: 32 hexadecimal digits.</param>
/// <param name="Resources">Sources.</param>
/// <param name="Passages">Verbatim passages.</param>
/// <param name="Items">Memories.</param>
/// <param name="Categories">Category pages.</param>
/// <param name="Relations">Links between items and categories.</param>
/// <param name="History">Former wordings of items.</param>
/// <param name="Vectors">Vectors.</param>
/// <param name="Blobs">Kept files of sources.</param>
public sealed record ErasedSpaceJson(
    string ScopeHash, long Resources, long Passages, long Items, long Categories, long Relations, long History, long Vectors, long Blobs)
{
    /// <summary>From the model.</summary>
    public static ErasedSpaceJson From(ErasedSpace s) => new(
        s.SpaceKey, s.Rows.Resources, s.Rows.Passages, s.Rows.Items, s.Rows.Categories, s.Rows.Links, s.Rows.History, s.Vectors, s.Blobs);
}
