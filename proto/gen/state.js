/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["state"] || ($protobuf.roots["state"] = {});

export const shoal = $root.shoal = (() => {

    /**
     * Namespace shoal.
     * @exports shoal
     * @namespace
     */
    const shoal = {};

    shoal.StateFile = (function() {

        /**
         * Properties of a StateFile.
         * @typedef {Object} shoal.StateFile.$Properties
         * @property {shoal.SavedSettings.$Properties|null} [settings] What the server was set to.
         * @property {number|null} [epochs] Highest epoch given to a room so far.
         * @property {number|null} [tick] The newest tick.
         * @property {number|null} [savedMs] When it was taken, ms since 1970.
         * @property {number|null} [journal] Number of the first journal that holds what happened since.
         * @property {Array.<shoal.SavedRoom.$Properties>|null} [rooms] Open rooms.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a StateFile.
         * @memberof shoal
         * @interface IStateFile
         * @augments shoal.StateFile.$Properties
         * @deprecated Use shoal.StateFile.$Properties instead.
         */

        /**
         * Shape of a StateFile.
         * @typedef {shoal.StateFile.$Properties} shoal.StateFile.$Shape
         */

        /**
         * Constructs a new StateFile.
         * @memberof shoal
         * @classdesc All rooms at one moment.
         * @constructor
         * @param {shoal.StateFile.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const StateFile = function (properties) {
            this.rooms = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * What the server was set to.
         * @member {shoal.SavedSettings.$Properties|null|undefined} settings
         * @memberof shoal.StateFile
         * @instance
         */
        StateFile.prototype.settings = null;

        /**
         * Highest epoch given to a room so far.
         * @member {number} epochs
         * @memberof shoal.StateFile
         * @instance
         */
        StateFile.prototype.epochs = 0;

        /**
         * The newest tick.
         * @member {number} tick
         * @memberof shoal.StateFile
         * @instance
         */
        StateFile.prototype.tick = 0;

        /**
         * When it was taken, ms since 1970.
         * @member {number} savedMs
         * @memberof shoal.StateFile
         * @instance
         */
        StateFile.prototype.savedMs = 0;

        /**
         * Number of the first journal that holds what happened since.
         * @member {number} journal
         * @memberof shoal.StateFile
         * @instance
         */
        StateFile.prototype.journal = 0;

        /**
         * Open rooms.
         * @member {Array.<shoal.SavedRoom.$Properties>} rooms
         * @memberof shoal.StateFile
         * @instance
         */
        StateFile.prototype.rooms = $util.emptyArray;

        /**
         * Encodes the specified StateFile message. Does not implicitly {@link shoal.StateFile.verify|verify} messages.
         * @function encode
         * @memberof shoal.StateFile
         * @static
         * @param {shoal.StateFile.$Properties} message StateFile message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        StateFile.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.settings != null && $Object.hasOwnProperty.call(message, "settings"))
                $root.shoal.SavedSettings.encode(message.settings, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.epochs != null && $Object.hasOwnProperty.call(message, "epochs") && message.epochs !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.epochs);
            if (message.tick != null && $Object.hasOwnProperty.call(message, "tick") && message.tick !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.tick);
            if (message.savedMs != null && $Object.hasOwnProperty.call(message, "savedMs") && !$Object.is(message.savedMs, 0))
                writer.uint32(/* id 4, wireType 1 =*/33).double(message.savedMs);
            if (message.journal != null && $Object.hasOwnProperty.call(message, "journal") && message.journal !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.journal);
            if (message.rooms != null && message.rooms.length)
                for (let i = 0; i < message.rooms.length; ++i)
                    $root.shoal.SavedRoom.encode(message.rooms[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a StateFile message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.StateFile
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.StateFile & shoal.StateFile.$Shape} StateFile
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        StateFile.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.StateFile();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.settings = $root.shoal.SavedSettings.decode(reader, reader.size(), $undefined, _depth + 1, message.settings);
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.epochs = value;
                        else
                            delete message.epochs;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.tick = value;
                        else
                            delete message.tick;
                        continue;
                    }
                case 4: {
                        if (wireType !== 1)
                            break;
                        if (!$Object.is(value = reader.double(), 0))
                            message.savedMs = value;
                        else
                            delete message.savedMs;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.journal = value;
                        else
                            delete message.journal;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if (!(message.rooms && message.rooms.length))
                            message.rooms = [];
                        message.rooms.push($root.shoal.SavedRoom.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StateFile;
    })();

    shoal.SavedSettings = (function() {

        /**
         * Properties of a SavedSettings.
         * @typedef {Object} shoal.SavedSettings.$Properties
         * @property {number|null} [tickHz] Ticks a second.
         * @property {number|null} [worldSize] Edge of the square worlds, world units.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SavedSettings.
         * @memberof shoal
         * @interface ISavedSettings
         * @augments shoal.SavedSettings.$Properties
         * @deprecated Use shoal.SavedSettings.$Properties instead.
         */

        /**
         * Shape of a SavedSettings.
         * @typedef {shoal.SavedSettings.$Properties} shoal.SavedSettings.$Shape
         */

        /**
         * Constructs a new SavedSettings.
         * @memberof shoal
         * @classdesc Settings that the numbers of a state depend on.
         * @constructor
         * @param {shoal.SavedSettings.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SavedSettings = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Ticks a second.
         * @member {number} tickHz
         * @memberof shoal.SavedSettings
         * @instance
         */
        SavedSettings.prototype.tickHz = 0;

        /**
         * Edge of the square worlds, world units.
         * @member {number} worldSize
         * @memberof shoal.SavedSettings
         * @instance
         */
        SavedSettings.prototype.worldSize = 0;

        /**
         * Encodes the specified SavedSettings message. Does not implicitly {@link shoal.SavedSettings.verify|verify} messages.
         * @function encode
         * @memberof shoal.SavedSettings
         * @static
         * @param {shoal.SavedSettings.$Properties} message SavedSettings message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SavedSettings.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.tickHz != null && $Object.hasOwnProperty.call(message, "tickHz") && message.tickHz !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.tickHz);
            if (message.worldSize != null && $Object.hasOwnProperty.call(message, "worldSize") && message.worldSize !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.worldSize);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SavedSettings message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.SavedSettings
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.SavedSettings & shoal.SavedSettings.$Shape} SavedSettings
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SavedSettings.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.SavedSettings();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.tickHz = value;
                        else
                            delete message.tickHz;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.worldSize = value;
                        else
                            delete message.worldSize;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SavedSettings;
    })();

    shoal.SavedRoom = (function() {

        /**
         * Properties of a SavedRoom.
         * @typedef {Object} shoal.SavedRoom.$Properties
         * @property {string|null} [name] Its name.
         * @property {number|null} [epoch] Its epoch, as in Welcome.
         * @property {number|null} [tick] Its newest tick.
         * @property {number|null} [nextId] The id of the next newcomer.
         * @property {Array.<shoal.SavedPlayer.$Properties>|null} [players] Who is in it, in the world's order.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SavedRoom.
         * @memberof shoal
         * @interface ISavedRoom
         * @augments shoal.SavedRoom.$Properties
         * @deprecated Use shoal.SavedRoom.$Properties instead.
         */

        /**
         * Shape of a SavedRoom.
         * @typedef {shoal.SavedRoom.$Properties} shoal.SavedRoom.$Shape
         */

        /**
         * Constructs a new SavedRoom.
         * @memberof shoal
         * @classdesc One room after one of its ticks.
         * @constructor
         * @param {shoal.SavedRoom.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SavedRoom = function (properties) {
            this.players = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Its name.
         * @member {string} name
         * @memberof shoal.SavedRoom
         * @instance
         */
        SavedRoom.prototype.name = "";

        /**
         * Its epoch, as in Welcome.
         * @member {number} epoch
         * @memberof shoal.SavedRoom
         * @instance
         */
        SavedRoom.prototype.epoch = 0;

        /**
         * Its newest tick.
         * @member {number} tick
         * @memberof shoal.SavedRoom
         * @instance
         */
        SavedRoom.prototype.tick = 0;

        /**
         * The id of the next newcomer.
         * @member {number} nextId
         * @memberof shoal.SavedRoom
         * @instance
         */
        SavedRoom.prototype.nextId = 0;

        /**
         * Who is in it, in the world's order.
         * @member {Array.<shoal.SavedPlayer.$Properties>} players
         * @memberof shoal.SavedRoom
         * @instance
         */
        SavedRoom.prototype.players = $util.emptyArray;

        /**
         * Encodes the specified SavedRoom message. Does not implicitly {@link shoal.SavedRoom.verify|verify} messages.
         * @function encode
         * @memberof shoal.SavedRoom
         * @static
         * @param {shoal.SavedRoom.$Properties} message SavedRoom message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SavedRoom.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.epoch);
            if (message.tick != null && $Object.hasOwnProperty.call(message, "tick") && message.tick !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.tick);
            if (message.nextId != null && $Object.hasOwnProperty.call(message, "nextId") && message.nextId !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.nextId);
            if (message.players != null && message.players.length)
                for (let i = 0; i < message.players.length; ++i)
                    $root.shoal.SavedPlayer.encode(message.players[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SavedRoom message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.SavedRoom
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.SavedRoom & shoal.SavedRoom.$Shape} SavedRoom
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SavedRoom.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.SavedRoom();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.epoch = value;
                        else
                            delete message.epoch;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.tick = value;
                        else
                            delete message.tick;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.nextId = value;
                        else
                            delete message.nextId;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.players && message.players.length))
                            message.players = [];
                        message.players.push($root.shoal.SavedPlayer.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SavedRoom;
    })();

    shoal.SavedPlayer = (function() {

        /**
         * Properties of a SavedPlayer.
         * @typedef {Object} shoal.SavedPlayer.$Properties
         * @property {number|null} [slot] As in EntityRest.
         * @property {number|null} [id] As in EntityRest.
         * @property {number|null} [x] True position, 1/32 world unit.
         * @property {number|null} [y] True position, 1/32 world unit.
         * @property {number|null} [heading] 1/65536 turn.
         * @property {number|null} [speed] 1/8 world unit a second.
         * @property {boolean|null} [thrust] Swims by its own force.
         * @property {Uint8Array|null} [game] What the game keeps of it.
         * @property {Array.<Uint8Array>|null} [tokenHashes] SHA-256 of each resume token that still opens the session, the newest last.
         * @property {number|null} [lastEvent] The client's number of the last of its events that took effect.
         * @property {Array.<shoal.SavedEvent.$Properties>|null} [told] Told to the player and perhaps not arrived yet, in order.
         * @property {string|null} [account] Who the player is, where that is asked for (SPEC S18); empty for a guest.
         * @property {string|null} [accountName] What the account is called, empty if it does not say.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SavedPlayer.
         * @memberof shoal
         * @interface ISavedPlayer
         * @augments shoal.SavedPlayer.$Properties
         * @deprecated Use shoal.SavedPlayer.$Properties instead.
         */

        /**
         * Shape of a SavedPlayer.
         * @typedef {shoal.SavedPlayer.$Properties} shoal.SavedPlayer.$Shape
         */

        /**
         * Constructs a new SavedPlayer.
         * @memberof shoal
         * @classdesc A player: entity and session.
         * @constructor
         * @param {shoal.SavedPlayer.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SavedPlayer = function (properties) {
            this.tokenHashes = [];
            this.told = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * As in EntityRest.
         * @member {number} slot
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.slot = 0;

        /**
         * As in EntityRest.
         * @member {number} id
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.id = 0;

        /**
         * True position, 1/32 world unit.
         * @member {number} x
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.x = 0;

        /**
         * True position, 1/32 world unit.
         * @member {number} y
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.y = 0;

        /**
         * 1/65536 turn.
         * @member {number} heading
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.heading = 0;

        /**
         * 1/8 world unit a second.
         * @member {number} speed
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.speed = 0;

        /**
         * Swims by its own force.
         * @member {boolean} thrust
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.thrust = false;

        /**
         * What the game keeps of it.
         * @member {Uint8Array} game
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.game = $util.newBuffer([]);

        /**
         * SHA-256 of each resume token that still opens the session, the newest last.
         * @member {Array.<Uint8Array>} tokenHashes
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.tokenHashes = $util.emptyArray;

        /**
         * The client's number of the last of its events that took effect.
         * @member {number} lastEvent
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.lastEvent = 0;

        /**
         * Told to the player and perhaps not arrived yet, in order.
         * @member {Array.<shoal.SavedEvent.$Properties>} told
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.told = $util.emptyArray;

        /**
         * Who the player is, where that is asked for (SPEC S18); empty for a guest.
         * @member {string} account
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.account = "";

        /**
         * What the account is called, empty if it does not say.
         * @member {string} accountName
         * @memberof shoal.SavedPlayer
         * @instance
         */
        SavedPlayer.prototype.accountName = "";

        /**
         * Encodes the specified SavedPlayer message. Does not implicitly {@link shoal.SavedPlayer.verify|verify} messages.
         * @function encode
         * @memberof shoal.SavedPlayer
         * @static
         * @param {shoal.SavedPlayer.$Properties} message SavedPlayer message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SavedPlayer.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.id);
            if (message.x != null && $Object.hasOwnProperty.call(message, "x") && message.x !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.x);
            if (message.y != null && $Object.hasOwnProperty.call(message, "y") && message.y !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.y);
            if (message.heading != null && $Object.hasOwnProperty.call(message, "heading") && message.heading !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.heading);
            if (message.speed != null && $Object.hasOwnProperty.call(message, "speed") && message.speed !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.speed);
            if (message.thrust != null && $Object.hasOwnProperty.call(message, "thrust") && message.thrust !== false)
                writer.uint32(/* id 7, wireType 0 =*/56).bool(message.thrust);
            if (message.game != null && $Object.hasOwnProperty.call(message, "game") && message.game.length)
                writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.game);
            if (message.tokenHashes != null && message.tokenHashes.length)
                for (let i = 0; i < message.tokenHashes.length; ++i)
                    writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.tokenHashes[i]);
            if (message.lastEvent != null && $Object.hasOwnProperty.call(message, "lastEvent") && message.lastEvent !== 0)
                writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.lastEvent);
            if (message.told != null && message.told.length)
                for (let i = 0; i < message.told.length; ++i)
                    $root.shoal.SavedEvent.encode(message.told[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
            if (message.account != null && $Object.hasOwnProperty.call(message, "account") && message.account !== "")
                writer.uint32(/* id 12, wireType 2 =*/98).string(message.account);
            if (message.accountName != null && $Object.hasOwnProperty.call(message, "accountName") && message.accountName !== "")
                writer.uint32(/* id 13, wireType 2 =*/106).string(message.accountName);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SavedPlayer message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.SavedPlayer
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.SavedPlayer & shoal.SavedPlayer.$Shape} SavedPlayer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SavedPlayer.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.SavedPlayer();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.slot = value;
                        else
                            delete message.slot;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.x = value;
                        else
                            delete message.x;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.y = value;
                        else
                            delete message.y;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.heading = value;
                        else
                            delete message.heading;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.speed = value;
                        else
                            delete message.speed;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.thrust = value;
                        else
                            delete message.thrust;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.game = value;
                        else
                            delete message.game;
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tokenHashes && message.tokenHashes.length))
                            message.tokenHashes = [];
                        message.tokenHashes.push(reader.bytes());
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.lastEvent = value;
                        else
                            delete message.lastEvent;
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        if (!(message.told && message.told.length))
                            message.told = [];
                        message.told.push($root.shoal.SavedEvent.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.account = value;
                        else
                            delete message.account;
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.accountName = value;
                        else
                            delete message.accountName;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SavedPlayer;
    })();

    shoal.SavedEvent = (function() {

        /**
         * Properties of a SavedEvent.
         * @typedef {Object} shoal.SavedEvent.$Properties
         * @property {number|null} [tick] Tick of the frame that it went out with: a client that holds that tick has it. 0: it waits.
         * @property {Uint8Array|null} [event] A whole `events` field of ServerFrame, tag and all.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SavedEvent.
         * @memberof shoal
         * @interface ISavedEvent
         * @augments shoal.SavedEvent.$Properties
         * @deprecated Use shoal.SavedEvent.$Properties instead.
         */

        /**
         * Shape of a SavedEvent.
         * @typedef {shoal.SavedEvent.$Properties} shoal.SavedEvent.$Shape
         */

        /**
         * Constructs a new SavedEvent.
         * @memberof shoal
         * @classdesc Something told to a player.
         * @constructor
         * @param {shoal.SavedEvent.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SavedEvent = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Tick of the frame that it went out with: a client that holds that tick has it. 0: it waits.
         * @member {number} tick
         * @memberof shoal.SavedEvent
         * @instance
         */
        SavedEvent.prototype.tick = 0;

        /**
         * A whole `events` field of ServerFrame, tag and all.
         * @member {Uint8Array} event
         * @memberof shoal.SavedEvent
         * @instance
         */
        SavedEvent.prototype.event = $util.newBuffer([]);

        /**
         * Encodes the specified SavedEvent message. Does not implicitly {@link shoal.SavedEvent.verify|verify} messages.
         * @function encode
         * @memberof shoal.SavedEvent
         * @static
         * @param {shoal.SavedEvent.$Properties} message SavedEvent message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SavedEvent.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.tick != null && $Object.hasOwnProperty.call(message, "tick") && message.tick !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.tick);
            if (message.event != null && $Object.hasOwnProperty.call(message, "event") && message.event.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.event);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SavedEvent message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.SavedEvent
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.SavedEvent & shoal.SavedEvent.$Shape} SavedEvent
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SavedEvent.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.SavedEvent();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.tick = value;
                        else
                            delete message.tick;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.event = value;
                        else
                            delete message.event;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SavedEvent;
    })();

    shoal.JournalEntry = (function() {

        /**
         * Properties of a JournalEntry.
         * @typedef {Object} shoal.JournalEntry.$Properties
         * @property {shoal.SavedSettings.$Properties|null} [settings] In the first entry of a journal only.
         * @property {number|null} [savedMs] In the first entry of a journal only: when it was begun, ms since 1970.
         * @property {Array.<shoal.JournalBatch.$Properties>|null} [batches] One for each room in which anything happened.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a JournalEntry.
         * @memberof shoal
         * @interface IJournalEntry
         * @augments shoal.JournalEntry.$Properties
         * @deprecated Use shoal.JournalEntry.$Properties instead.
         */

        /**
         * Shape of a JournalEntry.
         * @typedef {shoal.JournalEntry.$Properties} shoal.JournalEntry.$Shape
         */

        /**
         * Constructs a new JournalEntry.
         * @memberof shoal
         * @classdesc What came of one tick, in all rooms: written before the tick's frames go out.
         * @constructor
         * @param {shoal.JournalEntry.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const JournalEntry = function (properties) {
            this.batches = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * In the first entry of a journal only.
         * @member {shoal.SavedSettings.$Properties|null|undefined} settings
         * @memberof shoal.JournalEntry
         * @instance
         */
        JournalEntry.prototype.settings = null;

        /**
         * In the first entry of a journal only: when it was begun, ms since 1970.
         * @member {number} savedMs
         * @memberof shoal.JournalEntry
         * @instance
         */
        JournalEntry.prototype.savedMs = 0;

        /**
         * One for each room in which anything happened.
         * @member {Array.<shoal.JournalBatch.$Properties>} batches
         * @memberof shoal.JournalEntry
         * @instance
         */
        JournalEntry.prototype.batches = $util.emptyArray;

        /**
         * Encodes the specified JournalEntry message. Does not implicitly {@link shoal.JournalEntry.verify|verify} messages.
         * @function encode
         * @memberof shoal.JournalEntry
         * @static
         * @param {shoal.JournalEntry.$Properties} message JournalEntry message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        JournalEntry.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.settings != null && $Object.hasOwnProperty.call(message, "settings"))
                $root.shoal.SavedSettings.encode(message.settings, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.savedMs != null && $Object.hasOwnProperty.call(message, "savedMs") && !$Object.is(message.savedMs, 0))
                writer.uint32(/* id 4, wireType 1 =*/33).double(message.savedMs);
            if (message.batches != null && message.batches.length)
                for (let i = 0; i < message.batches.length; ++i)
                    $root.shoal.JournalBatch.encode(message.batches[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a JournalEntry message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.JournalEntry
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.JournalEntry & shoal.JournalEntry.$Shape} JournalEntry
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        JournalEntry.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.JournalEntry();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.settings = $root.shoal.SavedSettings.decode(reader, reader.size(), $undefined, _depth + 1, message.settings);
                        continue;
                    }
                case 4: {
                        if (wireType !== 1)
                            break;
                        if (!$Object.is(value = reader.double(), 0))
                            message.savedMs = value;
                        else
                            delete message.savedMs;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if (!(message.batches && message.batches.length))
                            message.batches = [];
                        message.batches.push($root.shoal.JournalBatch.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JournalEntry;
    })();

    shoal.JournalBatch = (function() {

        /**
         * Properties of a JournalBatch.
         * @typedef {Object} shoal.JournalBatch.$Properties
         * @property {string|null} [room] The room's name.
         * @property {number|null} [epoch] The room's epoch.
         * @property {number|null} [tick] The tick whose frames tell of it.
         * @property {boolean|null} [isOpened] The room was opened: whatever had that name before is gone.
         * @property {Array.<shoal.SavedPlayer.$Properties>|null} [players] Came in, came back, or changed more than the others of these lists say: as they are now, events told with this tick included.
         * @property {Array.<number>|null} [left] Ids of those who left.
         * @property {Array.<shoal.SavedAct.$Properties>|null} [acted] Whose events took effect.
         * @property {Array.<shoal.SavedTelling.$Properties>|null} [told] What was told to whom. It goes out with this tick's frames unless `queues` or a later entry says otherwise.
         * @property {Array.<shoal.SavedQueue.$Properties>|null} [queues] Whose waiting events go out with this tick's frames otherwise than that.
         * @property {number|null} [nextId] The id of the next newcomer.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a JournalBatch.
         * @memberof shoal
         * @interface IJournalBatch
         * @augments shoal.JournalBatch.$Properties
         * @deprecated Use shoal.JournalBatch.$Properties instead.
         */

        /**
         * Shape of a JournalBatch.
         * @typedef {shoal.JournalBatch.$Properties} shoal.JournalBatch.$Shape
         */

        /**
         * Constructs a new JournalBatch.
         * @memberof shoal
         * @classdesc What came of one tick in one room. To apply: left, acted, told, players, queues.
         * @constructor
         * @param {shoal.JournalBatch.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const JournalBatch = function (properties) {
            this.players = [];
            this.left = [];
            this.acted = [];
            this.told = [];
            this.queues = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * The room's name.
         * @member {string} room
         * @memberof shoal.JournalBatch
         * @instance
         */
        JournalBatch.prototype.room = "";

        /**
         * The room's epoch.
         * @member {number} epoch
         * @memberof shoal.JournalBatch
         * @instance
         */
        JournalBatch.prototype.epoch = 0;

        /**
         * The tick whose frames tell of it.
         * @member {number} tick
         * @memberof shoal.JournalBatch
         * @instance
         */
        JournalBatch.prototype.tick = 0;

        /**
         * The room was opened: whatever had that name before is gone.
         * @member {boolean} isOpened
         * @memberof shoal.JournalBatch
         * @instance
         */
        JournalBatch.prototype.isOpened = false;

        /**
         * Came in, came back, or changed more than the others of these lists say: as they are now, events told with this tick included.
         * @member {Array.<shoal.SavedPlayer.$Properties>} players
         * @memberof shoal.JournalBatch
         * @instance
         */
        JournalBatch.prototype.players = $util.emptyArray;

        /**
         * Ids of those who left.
         * @member {Array.<number>} left
         * @memberof shoal.JournalBatch
         * @instance
         */
        JournalBatch.prototype.left = $util.emptyArray;

        /**
         * Whose events took effect.
         * @member {Array.<shoal.SavedAct.$Properties>} acted
         * @memberof shoal.JournalBatch
         * @instance
         */
        JournalBatch.prototype.acted = $util.emptyArray;

        /**
         * What was told to whom. It goes out with this tick's frames unless `queues` or a later entry says otherwise.
         * @member {Array.<shoal.SavedTelling.$Properties>} told
         * @memberof shoal.JournalBatch
         * @instance
         */
        JournalBatch.prototype.told = $util.emptyArray;

        /**
         * Whose waiting events go out with this tick's frames otherwise than that.
         * @member {Array.<shoal.SavedQueue.$Properties>} queues
         * @memberof shoal.JournalBatch
         * @instance
         */
        JournalBatch.prototype.queues = $util.emptyArray;

        /**
         * The id of the next newcomer.
         * @member {number} nextId
         * @memberof shoal.JournalBatch
         * @instance
         */
        JournalBatch.prototype.nextId = 0;

        /**
         * Encodes the specified JournalBatch message. Does not implicitly {@link shoal.JournalBatch.verify|verify} messages.
         * @function encode
         * @memberof shoal.JournalBatch
         * @static
         * @param {shoal.JournalBatch.$Properties} message JournalBatch message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        JournalBatch.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.room != null && $Object.hasOwnProperty.call(message, "room") && message.room !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.room);
            if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.epoch);
            if (message.tick != null && $Object.hasOwnProperty.call(message, "tick") && message.tick !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.tick);
            if (message.isOpened != null && $Object.hasOwnProperty.call(message, "isOpened") && message.isOpened !== false)
                writer.uint32(/* id 4, wireType 0 =*/32).bool(message.isOpened);
            if (message.players != null && message.players.length)
                for (let i = 0; i < message.players.length; ++i)
                    $root.shoal.SavedPlayer.encode(message.players[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.left != null && message.left.length)
                writer.uint32(/* id 6, wireType 2 =*/50).uint32s(message.left);
            if (message.acted != null && message.acted.length)
                for (let i = 0; i < message.acted.length; ++i)
                    $root.shoal.SavedAct.encode(message.acted[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.told != null && message.told.length)
                for (let i = 0; i < message.told.length; ++i)
                    $root.shoal.SavedTelling.encode(message.told[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.queues != null && message.queues.length)
                for (let i = 0; i < message.queues.length; ++i)
                    $root.shoal.SavedQueue.encode(message.queues[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.nextId != null && $Object.hasOwnProperty.call(message, "nextId") && message.nextId !== 0)
                writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.nextId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a JournalBatch message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.JournalBatch
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.JournalBatch & shoal.JournalBatch.$Shape} JournalBatch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        JournalBatch.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.JournalBatch();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.room = value;
                        else
                            delete message.room;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.epoch = value;
                        else
                            delete message.epoch;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.tick = value;
                        else
                            delete message.tick;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.isOpened = value;
                        else
                            delete message.isOpened;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.players && message.players.length))
                            message.players = [];
                        message.players.push($root.shoal.SavedPlayer.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType === 2) {
                            if (!(message.left && message.left.length))
                                message.left = [];
                            reader.uint32s(message.left);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.left && message.left.length))
                            message.left = [];
                        message.left.push(reader.uint32());
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if (!(message.acted && message.acted.length))
                            message.acted = [];
                        message.acted.push($root.shoal.SavedAct.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if (!(message.told && message.told.length))
                            message.told = [];
                        message.told.push($root.shoal.SavedTelling.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        if (!(message.queues && message.queues.length))
                            message.queues = [];
                        message.queues.push($root.shoal.SavedQueue.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.nextId = value;
                        else
                            delete message.nextId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return JournalBatch;
    })();

    shoal.SavedAct = (function() {

        /**
         * Properties of a SavedAct.
         * @typedef {Object} shoal.SavedAct.$Properties
         * @property {number|null} [id] Whose.
         * @property {number|null} [lastEvent] The client's number of the last of them.
         * @property {Uint8Array|null} [game] What the game keeps of the player now.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SavedAct.
         * @memberof shoal
         * @interface ISavedAct
         * @augments shoal.SavedAct.$Properties
         * @deprecated Use shoal.SavedAct.$Properties instead.
         */

        /**
         * Shape of a SavedAct.
         * @typedef {shoal.SavedAct.$Properties} shoal.SavedAct.$Shape
         */

        /**
         * Constructs a new SavedAct.
         * @memberof shoal
         * @classdesc Events of a player took effect.
         * @constructor
         * @param {shoal.SavedAct.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SavedAct = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Whose.
         * @member {number} id
         * @memberof shoal.SavedAct
         * @instance
         */
        SavedAct.prototype.id = 0;

        /**
         * The client's number of the last of them.
         * @member {number} lastEvent
         * @memberof shoal.SavedAct
         * @instance
         */
        SavedAct.prototype.lastEvent = 0;

        /**
         * What the game keeps of the player now.
         * @member {Uint8Array} game
         * @memberof shoal.SavedAct
         * @instance
         */
        SavedAct.prototype.game = $util.newBuffer([]);

        /**
         * Encodes the specified SavedAct message. Does not implicitly {@link shoal.SavedAct.verify|verify} messages.
         * @function encode
         * @memberof shoal.SavedAct
         * @static
         * @param {shoal.SavedAct.$Properties} message SavedAct message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SavedAct.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
            if (message.lastEvent != null && $Object.hasOwnProperty.call(message, "lastEvent") && message.lastEvent !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.lastEvent);
            if (message.game != null && $Object.hasOwnProperty.call(message, "game") && message.game.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.game);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SavedAct message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.SavedAct
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.SavedAct & shoal.SavedAct.$Shape} SavedAct
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SavedAct.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.SavedAct();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.lastEvent = value;
                        else
                            delete message.lastEvent;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.game = value;
                        else
                            delete message.game;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SavedAct;
    })();

    shoal.SavedTelling = (function() {

        /**
         * Properties of a SavedTelling.
         * @typedef {Object} shoal.SavedTelling.$Properties
         * @property {Uint8Array|null} [event] A whole `events` field of ServerFrame, tag and all.
         * @property {Array.<number>|null} [to] Ids of those who were told.
         * @property {boolean|null} [all] Everyone in the room was told, and `to` is empty.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SavedTelling.
         * @memberof shoal
         * @interface ISavedTelling
         * @augments shoal.SavedTelling.$Properties
         * @deprecated Use shoal.SavedTelling.$Properties instead.
         */

        /**
         * Shape of a SavedTelling.
         * @typedef {shoal.SavedTelling.$Properties} shoal.SavedTelling.$Shape
         */

        /**
         * Constructs a new SavedTelling.
         * @memberof shoal
         * @classdesc An event told.
         * @constructor
         * @param {shoal.SavedTelling.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SavedTelling = function (properties) {
            this.to = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * A whole `events` field of ServerFrame, tag and all.
         * @member {Uint8Array} event
         * @memberof shoal.SavedTelling
         * @instance
         */
        SavedTelling.prototype.event = $util.newBuffer([]);

        /**
         * Ids of those who were told.
         * @member {Array.<number>} to
         * @memberof shoal.SavedTelling
         * @instance
         */
        SavedTelling.prototype.to = $util.emptyArray;

        /**
         * Everyone in the room was told, and `to` is empty.
         * @member {boolean} all
         * @memberof shoal.SavedTelling
         * @instance
         */
        SavedTelling.prototype.all = false;

        /**
         * Encodes the specified SavedTelling message. Does not implicitly {@link shoal.SavedTelling.verify|verify} messages.
         * @function encode
         * @memberof shoal.SavedTelling
         * @static
         * @param {shoal.SavedTelling.$Properties} message SavedTelling message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SavedTelling.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.event != null && $Object.hasOwnProperty.call(message, "event") && message.event.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.event);
            if (message.to != null && message.to.length)
                writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.to);
            if (message.all != null && $Object.hasOwnProperty.call(message, "all") && message.all !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.all);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SavedTelling message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.SavedTelling
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.SavedTelling & shoal.SavedTelling.$Shape} SavedTelling
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SavedTelling.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.SavedTelling();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.event = value;
                        else
                            delete message.event;
                        continue;
                    }
                case 2: {
                        if (wireType === 2) {
                            if (!(message.to && message.to.length))
                                message.to = [];
                            reader.uint32s(message.to);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.to && message.to.length))
                            message.to = [];
                        message.to.push(reader.uint32());
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.all = value;
                        else
                            delete message.all;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SavedTelling;
    })();

    shoal.SavedQueue = (function() {

        /**
         * Properties of a SavedQueue.
         * @typedef {Object} shoal.SavedQueue.$Properties
         * @property {number|null} [id] Whose.
         * @property {number|null} [going] So many, before those that wait, go out with this tick's frame.
         * @property {number|null} [waiting] So many, the newest, wait.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SavedQueue.
         * @memberof shoal
         * @interface ISavedQueue
         * @augments shoal.SavedQueue.$Properties
         * @deprecated Use shoal.SavedQueue.$Properties instead.
         */

        /**
         * Shape of a SavedQueue.
         * @typedef {shoal.SavedQueue.$Properties} shoal.SavedQueue.$Shape
         */

        /**
         * Constructs a new SavedQueue.
         * @memberof shoal
         * @classdesc The newest events told to a player.
         * @constructor
         * @param {shoal.SavedQueue.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SavedQueue = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Whose.
         * @member {number} id
         * @memberof shoal.SavedQueue
         * @instance
         */
        SavedQueue.prototype.id = 0;

        /**
         * So many, before those that wait, go out with this tick's frame.
         * @member {number} going
         * @memberof shoal.SavedQueue
         * @instance
         */
        SavedQueue.prototype.going = 0;

        /**
         * So many, the newest, wait.
         * @member {number} waiting
         * @memberof shoal.SavedQueue
         * @instance
         */
        SavedQueue.prototype.waiting = 0;

        /**
         * Encodes the specified SavedQueue message. Does not implicitly {@link shoal.SavedQueue.verify|verify} messages.
         * @function encode
         * @memberof shoal.SavedQueue
         * @static
         * @param {shoal.SavedQueue.$Properties} message SavedQueue message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SavedQueue.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
            if (message.going != null && $Object.hasOwnProperty.call(message, "going") && message.going !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.going);
            if (message.waiting != null && $Object.hasOwnProperty.call(message, "waiting") && message.waiting !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.waiting);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SavedQueue message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.SavedQueue
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.SavedQueue & shoal.SavedQueue.$Shape} SavedQueue
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SavedQueue.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.SavedQueue();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.going = value;
                        else
                            delete message.going;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.waiting = value;
                        else
                            delete message.waiting;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SavedQueue;
    })();

    shoal.SavedTadpole = (function() {

        /**
         * Properties of a SavedTadpole.
         * @typedef {Object} shoal.SavedTadpole.$Properties
         * @property {number|null} [wanted] Where it turns to, 1/65536 turn.
         * @property {string|null} [name] Cleaned name.
         * @property {number|null} [colour] 0xRRGGBB.
         * @property {number|null} [gender] A Gender.
         * @property {string|null} [lastWords] What it last said to those nearby.
         * @property {number|null} [lastWordsTick] Tick at which it said so.
         * @property {number|null} [quotaFullTick] Tick at which the bank of lines is full again.
         * @property {number|null} [lookFreeTick] From this tick on the look may change again.
         * @property {shoal.SavedLook.$Properties|null} [nextLook] What it is to change to then.
         * @property {string|null} [wantedName] The name as last asked for, cleaned; `name` may have a number behind it. Empty if none was.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SavedTadpole.
         * @memberof shoal
         * @interface ISavedTadpole
         * @augments shoal.SavedTadpole.$Properties
         * @deprecated Use shoal.SavedTadpole.$Properties instead.
         */

        /**
         * Shape of a SavedTadpole.
         * @typedef {shoal.SavedTadpole.$Properties} shoal.SavedTadpole.$Shape
         */

        /**
         * Constructs a new SavedTadpole.
         * @memberof shoal
         * @classdesc What the pond keeps of a tadpole beside its motion.
         * @constructor
         * @param {shoal.SavedTadpole.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SavedTadpole = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Where it turns to, 1/65536 turn.
         * @member {number} wanted
         * @memberof shoal.SavedTadpole
         * @instance
         */
        SavedTadpole.prototype.wanted = 0;

        /**
         * Cleaned name.
         * @member {string} name
         * @memberof shoal.SavedTadpole
         * @instance
         */
        SavedTadpole.prototype.name = "";

        /**
         * 0xRRGGBB.
         * @member {number} colour
         * @memberof shoal.SavedTadpole
         * @instance
         */
        SavedTadpole.prototype.colour = 0;

        /**
         * A Gender.
         * @member {number} gender
         * @memberof shoal.SavedTadpole
         * @instance
         */
        SavedTadpole.prototype.gender = 0;

        /**
         * What it last said to those nearby.
         * @member {string} lastWords
         * @memberof shoal.SavedTadpole
         * @instance
         */
        SavedTadpole.prototype.lastWords = "";

        /**
         * Tick at which it said so.
         * @member {number} lastWordsTick
         * @memberof shoal.SavedTadpole
         * @instance
         */
        SavedTadpole.prototype.lastWordsTick = 0;

        /**
         * Tick at which the bank of lines is full again.
         * @member {number} quotaFullTick
         * @memberof shoal.SavedTadpole
         * @instance
         */
        SavedTadpole.prototype.quotaFullTick = 0;

        /**
         * From this tick on the look may change again.
         * @member {number} lookFreeTick
         * @memberof shoal.SavedTadpole
         * @instance
         */
        SavedTadpole.prototype.lookFreeTick = 0;

        /**
         * What it is to change to then.
         * @member {shoal.SavedLook.$Properties|null|undefined} nextLook
         * @memberof shoal.SavedTadpole
         * @instance
         */
        SavedTadpole.prototype.nextLook = null;

        /**
         * The name as last asked for, cleaned; `name` may have a number behind it. Empty if none was.
         * @member {string} wantedName
         * @memberof shoal.SavedTadpole
         * @instance
         */
        SavedTadpole.prototype.wantedName = "";

        /**
         * Encodes the specified SavedTadpole message. Does not implicitly {@link shoal.SavedTadpole.verify|verify} messages.
         * @function encode
         * @memberof shoal.SavedTadpole
         * @static
         * @param {shoal.SavedTadpole.$Properties} message SavedTadpole message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SavedTadpole.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.wanted != null && $Object.hasOwnProperty.call(message, "wanted") && message.wanted !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.wanted);
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.colour != null && $Object.hasOwnProperty.call(message, "colour") && message.colour !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.colour);
            if (message.gender != null && $Object.hasOwnProperty.call(message, "gender") && message.gender !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.gender);
            if (message.lastWords != null && $Object.hasOwnProperty.call(message, "lastWords") && message.lastWords !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.lastWords);
            if (message.lastWordsTick != null && $Object.hasOwnProperty.call(message, "lastWordsTick") && message.lastWordsTick !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.lastWordsTick);
            if (message.quotaFullTick != null && $Object.hasOwnProperty.call(message, "quotaFullTick") && message.quotaFullTick !== 0)
                writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.quotaFullTick);
            if (message.lookFreeTick != null && $Object.hasOwnProperty.call(message, "lookFreeTick") && message.lookFreeTick !== 0)
                writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.lookFreeTick);
            if (message.nextLook != null && $Object.hasOwnProperty.call(message, "nextLook"))
                $root.shoal.SavedLook.encode(message.nextLook, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.wantedName != null && $Object.hasOwnProperty.call(message, "wantedName") && message.wantedName !== "")
                writer.uint32(/* id 10, wireType 2 =*/82).string(message.wantedName);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SavedTadpole message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.SavedTadpole
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.SavedTadpole & shoal.SavedTadpole.$Shape} SavedTadpole
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SavedTadpole.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.SavedTadpole();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.wanted = value;
                        else
                            delete message.wanted;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.colour = value;
                        else
                            delete message.colour;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.gender = value;
                        else
                            delete message.gender;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.lastWords = value;
                        else
                            delete message.lastWords;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.lastWordsTick = value;
                        else
                            delete message.lastWordsTick;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.quotaFullTick = value;
                        else
                            delete message.quotaFullTick;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.lookFreeTick = value;
                        else
                            delete message.lookFreeTick;
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.nextLook = $root.shoal.SavedLook.decode(reader, reader.size(), $undefined, _depth + 1, message.nextLook);
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.wantedName = value;
                        else
                            delete message.wantedName;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SavedTadpole;
    })();

    shoal.SavedLook = (function() {

        /**
         * Properties of a SavedLook.
         * @typedef {Object} shoal.SavedLook.$Properties
         * @property {string|null} [name] Cleaned name.
         * @property {number|null} [colour] 0xRRGGBB.
         * @property {number|null} [gender] A Gender.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SavedLook.
         * @memberof shoal
         * @interface ISavedLook
         * @augments shoal.SavedLook.$Properties
         * @deprecated Use shoal.SavedLook.$Properties instead.
         */

        /**
         * Shape of a SavedLook.
         * @typedef {shoal.SavedLook.$Properties} shoal.SavedLook.$Shape
         */

        /**
         * Constructs a new SavedLook.
         * @memberof shoal
         * @classdesc A cleaned look.
         * @constructor
         * @param {shoal.SavedLook.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SavedLook = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Cleaned name.
         * @member {string} name
         * @memberof shoal.SavedLook
         * @instance
         */
        SavedLook.prototype.name = "";

        /**
         * 0xRRGGBB.
         * @member {number} colour
         * @memberof shoal.SavedLook
         * @instance
         */
        SavedLook.prototype.colour = 0;

        /**
         * A Gender.
         * @member {number} gender
         * @memberof shoal.SavedLook
         * @instance
         */
        SavedLook.prototype.gender = 0;

        /**
         * Encodes the specified SavedLook message. Does not implicitly {@link shoal.SavedLook.verify|verify} messages.
         * @function encode
         * @memberof shoal.SavedLook
         * @static
         * @param {shoal.SavedLook.$Properties} message SavedLook message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SavedLook.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.colour != null && $Object.hasOwnProperty.call(message, "colour") && message.colour !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.colour);
            if (message.gender != null && $Object.hasOwnProperty.call(message, "gender") && message.gender !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.gender);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SavedLook message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.SavedLook
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.SavedLook & shoal.SavedLook.$Shape} SavedLook
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SavedLook.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.SavedLook();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.colour = value;
                        else
                            delete message.colour;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.gender = value;
                        else
                            delete message.gender;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SavedLook;
    })();

    return shoal;
})();

export {
  $root as default
};
