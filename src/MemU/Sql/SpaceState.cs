namespace MemU.Sql;

/// <summary>A row of <c>spaces</c>.</summary>
/// <param name="Number">Stands for the space in the rows of its vectors.</param>
/// <param name="Revision">Grows with every commit.</param>
/// <param name="Epoch">Changes when the rows of the space are replaced by others.</param>
/// <param name="LooseBytes">Bytes of vectors written since they were packed.</param>
/// <param name="PackedAt">The revision at which they were packed.</param>
/// <param name="RemovalsAfter">The log of removals is whole after this revision.</param>
/// <param name="OwedRows">How many of its first places in <c>owed_vectors</c> hold debts.</param>
internal sealed record SpaceState(long Number, long Revision, long Epoch, long LooseBytes, long PackedAt, long RemovalsAfter, long OwedRows);
