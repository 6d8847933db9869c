/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const shoal = $root.shoal = (() => {

    /**
     * Namespace shoal.
     * @exports shoal
     * @namespace
     */
    const shoal = {};

    shoal.Hello = (function() {

        /**
         * Properties of a Hello.
         * @typedef {Object} shoal.Hello.$Properties
         * @property {string|null} [room] Room to join: 1 to 32 of a-z, 0-9 and "-"; empty means "pond".
         * @property {shoal.Join.$Properties|null} [join] What the game wants to know of a newcomer.
         * @property {shoal.View.$Properties|null} [view] What the client can see. Width and height count; the view follows the own entity until a ClientFrame tells a place.
         * @property {Uint8Array|null} [resumeToken] Welcome.resume_token of an earlier connection, 16 bytes, to go on with that session; empty to begin a new one.
         * @property {number|null} [ackTick] With resume_token: tick of the newest ServerFrame applied in that session. Events since then are told again.
         * @property {string|null} [authToken] Where the operator asks who players are: a JWT that says it (SPEC S18), at most 2048 bytes. Else empty.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Hello.
         * @memberof shoal
         * @interface IHello
         * @augments shoal.Hello.$Properties
         * @deprecated Use shoal.Hello.$Properties instead.
         */

        /**
         * Shape of a Hello.
         * @typedef {shoal.Hello.$Properties} shoal.Hello.$Shape
         */

        /**
         * Constructs a new Hello.
         * @memberof shoal
         * @classdesc Client to server, once, within 3 s of connecting.
         * @constructor
         * @param {shoal.Hello.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Hello = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Room to join: 1 to 32 of a-z, 0-9 and "-"; empty means "pond".
         * @member {string} room
         * @memberof shoal.Hello
         * @instance
         */
        Hello.prototype.room = "";

        /**
         * What the game wants to know of a newcomer.
         * @member {shoal.Join.$Properties|null|undefined} join
         * @memberof shoal.Hello
         * @instance
         */
        Hello.prototype.join = null;

        /**
         * What the client can see. Width and height count; the view follows the own entity until a ClientFrame tells a place.
         * @member {shoal.View.$Properties|null|undefined} view
         * @memberof shoal.Hello
         * @instance
         */
        Hello.prototype.view = null;

        /**
         * Welcome.resume_token of an earlier connection, 16 bytes, to go on with that session; empty to begin a new one.
         * @member {Uint8Array} resumeToken
         * @memberof shoal.Hello
         * @instance
         */
        Hello.prototype.resumeToken = $util.newBuffer([]);

        /**
         * With resume_token: tick of the newest ServerFrame applied in that session. Events since then are told again.
         * @member {number} ackTick
         * @memberof shoal.Hello
         * @instance
         */
        Hello.prototype.ackTick = 0;

        /**
         * Where the operator asks who players are: a JWT that says it (SPEC S18), at most 2048 bytes. Else empty.
         * @member {string} authToken
         * @memberof shoal.Hello
         * @instance
         */
        Hello.prototype.authToken = "";

        /**
         * Encodes the specified Hello message. Does not implicitly {@link shoal.Hello.verify|verify} messages.
         * @function encode
         * @memberof shoal.Hello
         * @static
         * @param {shoal.Hello.$Properties} message Hello message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Hello.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.room != null && $Object.hasOwnProperty.call(message, "room") && message.room !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.room);
            if (message.join != null && $Object.hasOwnProperty.call(message, "join"))
                $root.shoal.Join.encode(message.join, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.view != null && $Object.hasOwnProperty.call(message, "view"))
                $root.shoal.View.encode(message.view, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.resumeToken != null && $Object.hasOwnProperty.call(message, "resumeToken") && message.resumeToken.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.resumeToken);
            if (message.ackTick != null && $Object.hasOwnProperty.call(message, "ackTick") && message.ackTick !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.ackTick);
            if (message.authToken != null && $Object.hasOwnProperty.call(message, "authToken") && message.authToken !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.authToken);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Hello message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Hello
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Hello & shoal.Hello.$Shape} Hello
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Hello.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Hello();
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
                        if (wireType !== 2)
                            break;
                        message.join = $root.shoal.Join.decode(reader, reader.size(), $undefined, _depth + 1, message.join);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.view = $root.shoal.View.decode(reader, reader.size(), $undefined, _depth + 1, message.view);
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.resumeToken = value;
                        else
                            delete message.resumeToken;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.ackTick = value;
                        else
                            delete message.ackTick;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.authToken = value;
                        else
                            delete message.authToken;
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

        return Hello;
    })();

    shoal.Welcome = (function() {

        /**
         * Properties of a Welcome.
         * @typedef {Object} shoal.Welcome.$Properties
         * @property {string|null} [room] Room joined.
         * @property {number|null} [epoch] The world's epoch: rises when the world changes owner or is restored, never falls.
         * @property {number|null} [tick] The newest tick so far; the first frame is of a later one.
         * @property {number|null} [tickHz] Ticks a second, 10 to 60.
         * @property {number|null} [worldWidth] Size of the world, world units.
         * @property {number|null} [worldHeight] Size of the world, world units.
         * @property {number|null} [cellSize] Edge of a square cell, world units.
         * @property {number|null} [ownSlot] Slot of the own entity (see EntityRest.slot).
         * @property {number|null} [slotCount] Most entities a room can hold; slots are below it.
         * @property {number|null} [messageBytesMax] Largest message the server accepts, bytes.
         * @property {Uint8Array|null} [resumeToken] For the next Hello if this connection is lost: 16 random bytes, good for one use. Keep it secret.
         * @property {boolean|null} [resumed] The session of Hello.resume_token goes on: same entity, same place, nothing told to it was lost but lost_events.
         * False: this is a new session.
         * @property {number|null} [lastEvent] The number of the last of the client's events that the server has had: those after it were lost with the connection.
         * @property {number|null} [lostEvents] Events that the client was not there for and will not get: the oldest of too many that waited.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Welcome.
         * @memberof shoal
         * @interface IWelcome
         * @augments shoal.Welcome.$Properties
         * @deprecated Use shoal.Welcome.$Properties instead.
         */

        /**
         * Shape of a Welcome.
         * @typedef {shoal.Welcome.$Properties} shoal.Welcome.$Shape
         */

        /**
         * Constructs a new Welcome.
         * @memberof shoal
         * @classdesc Server to client, once: the answer to Hello.
         * @constructor
         * @param {shoal.Welcome.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Welcome = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Room joined.
         * @member {string} room
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.room = "";

        /**
         * The world's epoch: rises when the world changes owner or is restored, never falls.
         * @member {number} epoch
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.epoch = 0;

        /**
         * The newest tick so far; the first frame is of a later one.
         * @member {number} tick
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.tick = 0;

        /**
         * Ticks a second, 10 to 60.
         * @member {number} tickHz
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.tickHz = 0;

        /**
         * Size of the world, world units.
         * @member {number} worldWidth
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.worldWidth = 0;

        /**
         * Size of the world, world units.
         * @member {number} worldHeight
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.worldHeight = 0;

        /**
         * Edge of a square cell, world units.
         * @member {number} cellSize
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.cellSize = 0;

        /**
         * Slot of the own entity (see EntityRest.slot).
         * @member {number} ownSlot
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.ownSlot = 0;

        /**
         * Most entities a room can hold; slots are below it.
         * @member {number} slotCount
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.slotCount = 0;

        /**
         * Largest message the server accepts, bytes.
         * @member {number} messageBytesMax
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.messageBytesMax = 0;

        /**
         * For the next Hello if this connection is lost: 16 random bytes, good for one use. Keep it secret.
         * @member {Uint8Array} resumeToken
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.resumeToken = $util.newBuffer([]);

        /**
         * The session of Hello.resume_token goes on: same entity, same place, nothing told to it was lost but lost_events.
         * False: this is a new session.
         * @member {boolean} resumed
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.resumed = false;

        /**
         * The number of the last of the client's events that the server has had: those after it were lost with the connection.
         * @member {number} lastEvent
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.lastEvent = 0;

        /**
         * Events that the client was not there for and will not get: the oldest of too many that waited.
         * @member {number} lostEvents
         * @memberof shoal.Welcome
         * @instance
         */
        Welcome.prototype.lostEvents = 0;

        /**
         * Encodes the specified Welcome message. Does not implicitly {@link shoal.Welcome.verify|verify} messages.
         * @function encode
         * @memberof shoal.Welcome
         * @static
         * @param {shoal.Welcome.$Properties} message Welcome message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Welcome.encode = function (message, writer, _depth) {
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
            if (message.tickHz != null && $Object.hasOwnProperty.call(message, "tickHz") && message.tickHz !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.tickHz);
            if (message.worldWidth != null && $Object.hasOwnProperty.call(message, "worldWidth") && message.worldWidth !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.worldWidth);
            if (message.worldHeight != null && $Object.hasOwnProperty.call(message, "worldHeight") && message.worldHeight !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.worldHeight);
            if (message.cellSize != null && $Object.hasOwnProperty.call(message, "cellSize") && message.cellSize !== 0)
                writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.cellSize);
            if (message.ownSlot != null && $Object.hasOwnProperty.call(message, "ownSlot") && message.ownSlot !== 0)
                writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.ownSlot);
            if (message.slotCount != null && $Object.hasOwnProperty.call(message, "slotCount") && message.slotCount !== 0)
                writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.slotCount);
            if (message.messageBytesMax != null && $Object.hasOwnProperty.call(message, "messageBytesMax") && message.messageBytesMax !== 0)
                writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.messageBytesMax);
            if (message.resumeToken != null && $Object.hasOwnProperty.call(message, "resumeToken") && message.resumeToken.length)
                writer.uint32(/* id 11, wireType 2 =*/90).bytes(message.resumeToken);
            if (message.resumed != null && $Object.hasOwnProperty.call(message, "resumed") && message.resumed !== false)
                writer.uint32(/* id 12, wireType 0 =*/96).bool(message.resumed);
            if (message.lastEvent != null && $Object.hasOwnProperty.call(message, "lastEvent") && message.lastEvent !== 0)
                writer.uint32(/* id 13, wireType 0 =*/104).uint32(message.lastEvent);
            if (message.lostEvents != null && $Object.hasOwnProperty.call(message, "lostEvents") && message.lostEvents !== 0)
                writer.uint32(/* id 14, wireType 0 =*/112).uint32(message.lostEvents);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Welcome message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Welcome
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Welcome & shoal.Welcome.$Shape} Welcome
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Welcome.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Welcome();
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
                        if (value = reader.uint32())
                            message.tickHz = value;
                        else
                            delete message.tickHz;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.worldWidth = value;
                        else
                            delete message.worldWidth;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.worldHeight = value;
                        else
                            delete message.worldHeight;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.cellSize = value;
                        else
                            delete message.cellSize;
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.ownSlot = value;
                        else
                            delete message.ownSlot;
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.slotCount = value;
                        else
                            delete message.slotCount;
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.messageBytesMax = value;
                        else
                            delete message.messageBytesMax;
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.resumeToken = value;
                        else
                            delete message.resumeToken;
                        continue;
                    }
                case 12: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.resumed = value;
                        else
                            delete message.resumed;
                        continue;
                    }
                case 13: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.lastEvent = value;
                        else
                            delete message.lastEvent;
                        continue;
                    }
                case 14: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.lostEvents = value;
                        else
                            delete message.lostEvents;
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

        return Welcome;
    })();

    shoal.ClientFrame = (function() {

        /**
         * Properties of a ClientFrame.
         * @typedef {Object} shoal.ClientFrame.$Properties
         * @property {number|null} [ackTick] Tick of the newest ServerFrame applied; never falls. 0 before the first.
         * @property {number|null} [inputTick] The tick that inputs[0] is meant for; the others are for the ticks after it, one each. Inputs that wait for
         * these and later ticks are replaced.
         * @property {Array.<shoal.Input.$Properties>|null} [inputs] Inputs in order, at most 16. An input holds until the next one, so only changes need telling.
         * @property {shoal.View.$Properties|null} [view] Told when the wanted rectangle changed. Without a size: nothing is seen, the page is hidden.
         * @property {Array.<shoal.ClientEvent.$Properties>|null} [events] Events in order, at most 8.
         * @property {number|null} [stamp] Any number but 0, when the client wants to measure: the next frame echoes it.
         * @property {Array.<number>|null} [lostCells] Cells whose checksum differed from what this client holds, at most 16: they come again as keyframes.
         * @property {number|null} [firstEvent] The client's own number of events[0] in this session, from 1; the others follow one by one. Events that the server has had
         * are not taken twice. 0 if the client does not count.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ClientFrame.
         * @memberof shoal
         * @interface IClientFrame
         * @augments shoal.ClientFrame.$Properties
         * @deprecated Use shoal.ClientFrame.$Properties instead.
         */

        /**
         * Shape of a ClientFrame.
         * @typedef {{
         *   ackTick?: number|null;
         *   inputTick?: number|null;
         *   inputs?: Array.<shoal.Input.$Shape>|null;
         *   view?: shoal.View.$Shape|null;
         *   events?: Array.<shoal.ClientEvent.$Shape>|null;
         *   stamp?: number|null;
         *   lostCells?: Array.<number>|null;
         *   firstEvent?: number|null;
         *   $unknowns?: Array.<Uint8Array>;
         * }} shoal.ClientFrame.$Shape
         */

        /**
         * Constructs a new ClientFrame.
         * @memberof shoal
         * @classdesc Client to server, whenever there is something to tell and at least once a second.
         * @constructor
         * @param {shoal.ClientFrame.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ClientFrame = function (properties) {
            this.inputs = [];
            this.events = [];
            this.lostCells = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Tick of the newest ServerFrame applied; never falls. 0 before the first.
         * @member {number} ackTick
         * @memberof shoal.ClientFrame
         * @instance
         */
        ClientFrame.prototype.ackTick = 0;

        /**
         * The tick that inputs[0] is meant for; the others are for the ticks after it, one each. Inputs that wait for
         * these and later ticks are replaced.
         * @member {number} inputTick
         * @memberof shoal.ClientFrame
         * @instance
         */
        ClientFrame.prototype.inputTick = 0;

        /**
         * Inputs in order, at most 16. An input holds until the next one, so only changes need telling.
         * @member {Array.<shoal.Input.$Properties>} inputs
         * @memberof shoal.ClientFrame
         * @instance
         */
        ClientFrame.prototype.inputs = $util.emptyArray;

        /**
         * Told when the wanted rectangle changed. Without a size: nothing is seen, the page is hidden.
         * @member {shoal.View.$Properties|null|undefined} view
         * @memberof shoal.ClientFrame
         * @instance
         */
        ClientFrame.prototype.view = null;

        /**
         * Events in order, at most 8.
         * @member {Array.<shoal.ClientEvent.$Properties>} events
         * @memberof shoal.ClientFrame
         * @instance
         */
        ClientFrame.prototype.events = $util.emptyArray;

        /**
         * Any number but 0, when the client wants to measure: the next frame echoes it.
         * @member {number} stamp
         * @memberof shoal.ClientFrame
         * @instance
         */
        ClientFrame.prototype.stamp = 0;

        /**
         * Cells whose checksum differed from what this client holds, at most 16: they come again as keyframes.
         * @member {Array.<number>} lostCells
         * @memberof shoal.ClientFrame
         * @instance
         */
        ClientFrame.prototype.lostCells = $util.emptyArray;

        /**
         * The client's own number of events[0] in this session, from 1; the others follow one by one. Events that the server has had
         * are not taken twice. 0 if the client does not count.
         * @member {number} firstEvent
         * @memberof shoal.ClientFrame
         * @instance
         */
        ClientFrame.prototype.firstEvent = 0;

        /**
         * Encodes the specified ClientFrame message. Does not implicitly {@link shoal.ClientFrame.verify|verify} messages.
         * @function encode
         * @memberof shoal.ClientFrame
         * @static
         * @param {shoal.ClientFrame.$Properties} message ClientFrame message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ClientFrame.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.ackTick != null && $Object.hasOwnProperty.call(message, "ackTick") && message.ackTick !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.ackTick);
            if (message.inputTick != null && $Object.hasOwnProperty.call(message, "inputTick") && message.inputTick !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.inputTick);
            if (message.inputs != null && message.inputs.length)
                for (let i = 0; i < message.inputs.length; ++i)
                    $root.shoal.Input.encode(message.inputs[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.view != null && $Object.hasOwnProperty.call(message, "view"))
                $root.shoal.View.encode(message.view, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.events != null && message.events.length)
                for (let i = 0; i < message.events.length; ++i)
                    $root.shoal.ClientEvent.encode(message.events[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.stamp != null && $Object.hasOwnProperty.call(message, "stamp") && message.stamp !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.stamp);
            if (message.lostCells != null && message.lostCells.length)
                writer.uint32(/* id 7, wireType 2 =*/58).uint32s(message.lostCells);
            if (message.firstEvent != null && $Object.hasOwnProperty.call(message, "firstEvent") && message.firstEvent !== 0)
                writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.firstEvent);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ClientFrame message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.ClientFrame
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.ClientFrame & shoal.ClientFrame.$Shape} ClientFrame
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ClientFrame.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.ClientFrame();
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
                            message.ackTick = value;
                        else
                            delete message.ackTick;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.inputTick = value;
                        else
                            delete message.inputTick;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.inputs && message.inputs.length))
                            message.inputs = [];
                        message.inputs.push($root.shoal.Input.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.view = $root.shoal.View.decode(reader, reader.size(), $undefined, _depth + 1, message.view);
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.events && message.events.length))
                            message.events = [];
                        message.events.push($root.shoal.ClientEvent.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.stamp = value;
                        else
                            delete message.stamp;
                        continue;
                    }
                case 7: {
                        if (wireType === 2) {
                            if (!(message.lostCells && message.lostCells.length))
                                message.lostCells = [];
                            reader.uint32s(message.lostCells);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.lostCells && message.lostCells.length))
                            message.lostCells = [];
                        message.lostCells.push(reader.uint32());
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.firstEvent = value;
                        else
                            delete message.firstEvent;
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

        return ClientFrame;
    })();

    shoal.View = (function() {

        /**
         * Properties of a View.
         * @typedef {Object} shoal.View.$Properties
         * @property {number|null} [left] Left edge; may be outside the world.
         * @property {number|null} [top] Top edge; may be outside the world.
         * @property {number|null} [width] Width, 1 or more.
         * @property {number|null} [height] Height, 1 or more.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a View.
         * @memberof shoal
         * @interface IView
         * @augments shoal.View.$Properties
         * @deprecated Use shoal.View.$Properties instead.
         */

        /**
         * Shape of a View.
         * @typedef {shoal.View.$Properties} shoal.View.$Shape
         */

        /**
         * Constructs a new View.
         * @memberof shoal
         * @classdesc A rectangle of the world that a client wants to see, world units. The server cuts edges longer than 2048 and
         * moves the rectangle so that the own entity is at least 64 inside it.
         * @constructor
         * @param {shoal.View.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const View = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Left edge; may be outside the world.
         * @member {number} left
         * @memberof shoal.View
         * @instance
         */
        View.prototype.left = 0;

        /**
         * Top edge; may be outside the world.
         * @member {number} top
         * @memberof shoal.View
         * @instance
         */
        View.prototype.top = 0;

        /**
         * Width, 1 or more.
         * @member {number} width
         * @memberof shoal.View
         * @instance
         */
        View.prototype.width = 0;

        /**
         * Height, 1 or more.
         * @member {number} height
         * @memberof shoal.View
         * @instance
         */
        View.prototype.height = 0;

        /**
         * Encodes the specified View message. Does not implicitly {@link shoal.View.verify|verify} messages.
         * @function encode
         * @memberof shoal.View
         * @static
         * @param {shoal.View.$Properties} message View message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        View.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.left != null && $Object.hasOwnProperty.call(message, "left") && message.left !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).sint32(message.left);
            if (message.top != null && $Object.hasOwnProperty.call(message, "top") && message.top !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).sint32(message.top);
            if (message.width != null && $Object.hasOwnProperty.call(message, "width") && message.width !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.width);
            if (message.height != null && $Object.hasOwnProperty.call(message, "height") && message.height !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.height);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a View message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.View
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.View & shoal.View.$Shape} View
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        View.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.View();
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
                        if (value = reader.sint32())
                            message.left = value;
                        else
                            delete message.left;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.sint32())
                            message.top = value;
                        else
                            delete message.top;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.width = value;
                        else
                            delete message.width;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.height = value;
                        else
                            delete message.height;
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

        return View;
    })();

    shoal.ServerFrame = (function() {

        /**
         * Properties of a ServerFrame.
         * @typedef {Object} shoal.ServerFrame.$Properties
         * @property {number|null} [tick] The world's tick that this frame brings the client to.
         * @property {number|null} [epoch] The world's epoch, see Welcome.
         * @property {shoal.ViewCells.$Properties|null} [view] The cells that this client is told about, from this frame on; absent when unchanged.
         * @property {Uint8Array|null} [updated] Bit i (bit i%8 of byte i/8) set: the i-th cell of the view, row by row, has a cell update in `updates`.
         * @property {Uint8Array|null} [updates] Cell updates, one after another, in the order of the view's cells: the grammar is in SPEC section C.
         * The server writes each cell's part once a tick and copies it to every client that sees the cell.
         * @property {Array.<shoal.CellKeyframe.$Properties>|null} [keyframes] Cells told whole: newly in view, or missed by this client.
         * @property {Array.<shoal.EntityRest.$Properties>|null} [entities] Entities that this client sees for the first time, or whose rest fields changed.
         * @property {Array.<shoal.ServerEvent.$Properties>|null} [events] Events for this client, in order.
         * @property {shoal.OwnMotion.$Properties|null} [own] The own entity to the last bit, at the end of this frame's tick: what a client that predicts starts from. In the
         * first frame, when an input came too late for its tick, when the game moved the entity otherwise than by
         * its step, and once a second while it moves and is steered.
         * @property {shoal.Echo.$Properties|null} [echo] The answer to ClientFrame.stamp.
         * @property {number|null} [skippedTicks] How many ticks the server has skipped since the Welcome because it stood still (SPEC T2), when that has changed: so
         * much later than before every tick is from now on.
         * @property {number|null} [eventAck] The client's own number of the last of its events that took effect and is kept: a server that keeps its state on disk has
         * written it there (SPEC S17). Told when it has changed.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ServerFrame.
         * @memberof shoal
         * @interface IServerFrame
         * @augments shoal.ServerFrame.$Properties
         * @deprecated Use shoal.ServerFrame.$Properties instead.
         */

        /**
         * Shape of a ServerFrame.
         * @typedef {{
         *   tick?: number|null;
         *   epoch?: number|null;
         *   view?: shoal.ViewCells.$Shape|null;
         *   updated?: Uint8Array|null;
         *   updates?: Uint8Array|null;
         *   keyframes?: Array.<shoal.CellKeyframe.$Shape>|null;
         *   entities?: Array.<shoal.EntityRest.$Shape>|null;
         *   events?: Array.<shoal.ServerEvent.$Shape>|null;
         *   own?: shoal.OwnMotion.$Shape|null;
         *   echo?: shoal.Echo.$Shape|null;
         *   skippedTicks?: number|null;
         *   eventAck?: number|null;
         *   $unknowns?: Array.<Uint8Array>;
         * }} shoal.ServerFrame.$Shape
         */

        /**
         * Constructs a new ServerFrame.
         * @memberof shoal
         * @classdesc Server to client, one each tick. To apply: view, keyframes, updates, entities, then events.
         * @constructor
         * @param {shoal.ServerFrame.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ServerFrame = function (properties) {
            this.keyframes = [];
            this.entities = [];
            this.events = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * The world's tick that this frame brings the client to.
         * @member {number} tick
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.tick = 0;

        /**
         * The world's epoch, see Welcome.
         * @member {number} epoch
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.epoch = 0;

        /**
         * The cells that this client is told about, from this frame on; absent when unchanged.
         * @member {shoal.ViewCells.$Properties|null|undefined} view
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.view = null;

        /**
         * Bit i (bit i%8 of byte i/8) set: the i-th cell of the view, row by row, has a cell update in `updates`.
         * @member {Uint8Array} updated
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.updated = $util.newBuffer([]);

        /**
         * Cell updates, one after another, in the order of the view's cells: the grammar is in SPEC section C.
         * The server writes each cell's part once a tick and copies it to every client that sees the cell.
         * @member {Uint8Array} updates
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.updates = $util.newBuffer([]);

        /**
         * Cells told whole: newly in view, or missed by this client.
         * @member {Array.<shoal.CellKeyframe.$Properties>} keyframes
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.keyframes = $util.emptyArray;

        /**
         * Entities that this client sees for the first time, or whose rest fields changed.
         * @member {Array.<shoal.EntityRest.$Properties>} entities
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.entities = $util.emptyArray;

        /**
         * Events for this client, in order.
         * @member {Array.<shoal.ServerEvent.$Properties>} events
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.events = $util.emptyArray;

        /**
         * The own entity to the last bit, at the end of this frame's tick: what a client that predicts starts from. In the
         * first frame, when an input came too late for its tick, when the game moved the entity otherwise than by
         * its step, and once a second while it moves and is steered.
         * @member {shoal.OwnMotion.$Properties|null|undefined} own
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.own = null;

        /**
         * The answer to ClientFrame.stamp.
         * @member {shoal.Echo.$Properties|null|undefined} echo
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.echo = null;

        /**
         * How many ticks the server has skipped since the Welcome because it stood still (SPEC T2), when that has changed: so
         * much later than before every tick is from now on.
         * @member {number} skippedTicks
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.skippedTicks = 0;

        /**
         * The client's own number of the last of its events that took effect and is kept: a server that keeps its state on disk has
         * written it there (SPEC S17). Told when it has changed.
         * @member {number} eventAck
         * @memberof shoal.ServerFrame
         * @instance
         */
        ServerFrame.prototype.eventAck = 0;

        /**
         * Encodes the specified ServerFrame message. Does not implicitly {@link shoal.ServerFrame.verify|verify} messages.
         * @function encode
         * @memberof shoal.ServerFrame
         * @static
         * @param {shoal.ServerFrame.$Properties} message ServerFrame message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ServerFrame.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.tick != null && $Object.hasOwnProperty.call(message, "tick") && message.tick !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.tick);
            if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.epoch);
            if (message.view != null && $Object.hasOwnProperty.call(message, "view"))
                $root.shoal.ViewCells.encode(message.view, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.updated != null && $Object.hasOwnProperty.call(message, "updated") && message.updated.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.updated);
            if (message.updates != null && $Object.hasOwnProperty.call(message, "updates") && message.updates.length)
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.updates);
            if (message.keyframes != null && message.keyframes.length)
                for (let i = 0; i < message.keyframes.length; ++i)
                    $root.shoal.CellKeyframe.encode(message.keyframes[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.entities != null && message.entities.length)
                for (let i = 0; i < message.entities.length; ++i)
                    $root.shoal.EntityRest.encode(message.entities[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.events != null && message.events.length)
                for (let i = 0; i < message.events.length; ++i)
                    $root.shoal.ServerEvent.encode(message.events[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.own != null && $Object.hasOwnProperty.call(message, "own"))
                $root.shoal.OwnMotion.encode(message.own, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
            if (message.echo != null && $Object.hasOwnProperty.call(message, "echo"))
                $root.shoal.Echo.encode(message.echo, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
            if (message.skippedTicks != null && $Object.hasOwnProperty.call(message, "skippedTicks") && message.skippedTicks !== 0)
                writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.skippedTicks);
            if (message.eventAck != null && $Object.hasOwnProperty.call(message, "eventAck") && message.eventAck !== 0)
                writer.uint32(/* id 13, wireType 0 =*/104).uint32(message.eventAck);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ServerFrame message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.ServerFrame
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.ServerFrame & shoal.ServerFrame.$Shape} ServerFrame
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ServerFrame.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.ServerFrame();
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
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.epoch = value;
                        else
                            delete message.epoch;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.view = $root.shoal.ViewCells.decode(reader, reader.size(), $undefined, _depth + 1, message.view);
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.updated = value;
                        else
                            delete message.updated;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.updates = value;
                        else
                            delete message.updates;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if (!(message.keyframes && message.keyframes.length))
                            message.keyframes = [];
                        message.keyframes.push($root.shoal.CellKeyframe.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if (!(message.entities && message.entities.length))
                            message.entities = [];
                        message.entities.push($root.shoal.EntityRest.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        if (!(message.events && message.events.length))
                            message.events = [];
                        message.events.push($root.shoal.ServerEvent.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.own = $root.shoal.OwnMotion.decode(reader, reader.size(), $undefined, _depth + 1, message.own);
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        message.echo = $root.shoal.Echo.decode(reader, reader.size(), $undefined, _depth + 1, message.echo);
                        continue;
                    }
                case 12: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.skippedTicks = value;
                        else
                            delete message.skippedTicks;
                        continue;
                    }
                case 13: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.eventAck = value;
                        else
                            delete message.eventAck;
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

        return ServerFrame;
    })();

    shoal.OwnMotion = (function() {

        /**
         * Properties of an OwnMotion.
         * @typedef {Object} shoal.OwnMotion.$Properties
         * @property {number|null} [x] 1/32 world unit.
         * @property {number|null} [y] 1/32 world unit.
         * @property {number|null} [heading] 1/65536 turn, 0 to 65535.
         * @property {number|null} [speed] 1/8 world unit a second.
         * @property {boolean|null} [thrust] Swims by its own force.
         * @property {number|null} [lateTicks] By how many ticks the latest of the inputs since the last OwnMotion missed its tick; 0 if all were in time.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an OwnMotion.
         * @memberof shoal
         * @interface IOwnMotion
         * @augments shoal.OwnMotion.$Properties
         * @deprecated Use shoal.OwnMotion.$Properties instead.
         */

        /**
         * Shape of an OwnMotion.
         * @typedef {shoal.OwnMotion.$Properties} shoal.OwnMotion.$Shape
         */

        /**
         * Constructs a new OwnMotion.
         * @memberof shoal
         * @classdesc Server to client: the motion of the own entity, unrounded; see SPEC M1 for the units.
         * @constructor
         * @param {shoal.OwnMotion.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const OwnMotion = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * 1/32 world unit.
         * @member {number} x
         * @memberof shoal.OwnMotion
         * @instance
         */
        OwnMotion.prototype.x = 0;

        /**
         * 1/32 world unit.
         * @member {number} y
         * @memberof shoal.OwnMotion
         * @instance
         */
        OwnMotion.prototype.y = 0;

        /**
         * 1/65536 turn, 0 to 65535.
         * @member {number} heading
         * @memberof shoal.OwnMotion
         * @instance
         */
        OwnMotion.prototype.heading = 0;

        /**
         * 1/8 world unit a second.
         * @member {number} speed
         * @memberof shoal.OwnMotion
         * @instance
         */
        OwnMotion.prototype.speed = 0;

        /**
         * Swims by its own force.
         * @member {boolean} thrust
         * @memberof shoal.OwnMotion
         * @instance
         */
        OwnMotion.prototype.thrust = false;

        /**
         * By how many ticks the latest of the inputs since the last OwnMotion missed its tick; 0 if all were in time.
         * @member {number} lateTicks
         * @memberof shoal.OwnMotion
         * @instance
         */
        OwnMotion.prototype.lateTicks = 0;

        /**
         * Encodes the specified OwnMotion message. Does not implicitly {@link shoal.OwnMotion.verify|verify} messages.
         * @function encode
         * @memberof shoal.OwnMotion
         * @static
         * @param {shoal.OwnMotion.$Properties} message OwnMotion message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        OwnMotion.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.x != null && $Object.hasOwnProperty.call(message, "x") && message.x !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.x);
            if (message.y != null && $Object.hasOwnProperty.call(message, "y") && message.y !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.y);
            if (message.heading != null && $Object.hasOwnProperty.call(message, "heading") && message.heading !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.heading);
            if (message.speed != null && $Object.hasOwnProperty.call(message, "speed") && message.speed !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.speed);
            if (message.thrust != null && $Object.hasOwnProperty.call(message, "thrust") && message.thrust !== false)
                writer.uint32(/* id 5, wireType 0 =*/40).bool(message.thrust);
            if (message.lateTicks != null && $Object.hasOwnProperty.call(message, "lateTicks") && message.lateTicks !== 0)
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.lateTicks);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an OwnMotion message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.OwnMotion
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.OwnMotion & shoal.OwnMotion.$Shape} OwnMotion
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        OwnMotion.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.OwnMotion();
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
                            message.x = value;
                        else
                            delete message.x;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.y = value;
                        else
                            delete message.y;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.heading = value;
                        else
                            delete message.heading;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.speed = value;
                        else
                            delete message.speed;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.thrust = value;
                        else
                            delete message.thrust;
                        continue;
                    }
                case 6: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.lateTicks = value;
                        else
                            delete message.lateTicks;
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

        return OwnMotion;
    })();

    shoal.Echo = (function() {

        /**
         * Properties of an Echo.
         * @typedef {Object} shoal.Echo.$Properties
         * @property {number|null} [stamp] ClientFrame.stamp of the first message since the last echo that had one.
         * @property {number|null} [age] From that message's arrival to the start of this frame's tick, 1/8 ms.
         * @property {number|null} [tickUs] How long the tick before this one took, microseconds.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Echo.
         * @memberof shoal
         * @interface IEcho
         * @augments shoal.Echo.$Properties
         * @deprecated Use shoal.Echo.$Properties instead.
         */

        /**
         * Shape of an Echo.
         * @typedef {shoal.Echo.$Properties} shoal.Echo.$Shape
         */

        /**
         * Constructs a new Echo.
         * @memberof shoal
         * @classdesc Server to client: when a message of the client arrived.
         * @constructor
         * @param {shoal.Echo.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Echo = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ClientFrame.stamp of the first message since the last echo that had one.
         * @member {number} stamp
         * @memberof shoal.Echo
         * @instance
         */
        Echo.prototype.stamp = 0;

        /**
         * From that message's arrival to the start of this frame's tick, 1/8 ms.
         * @member {number} age
         * @memberof shoal.Echo
         * @instance
         */
        Echo.prototype.age = 0;

        /**
         * How long the tick before this one took, microseconds.
         * @member {number} tickUs
         * @memberof shoal.Echo
         * @instance
         */
        Echo.prototype.tickUs = 0;

        /**
         * Encodes the specified Echo message. Does not implicitly {@link shoal.Echo.verify|verify} messages.
         * @function encode
         * @memberof shoal.Echo
         * @static
         * @param {shoal.Echo.$Properties} message Echo message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Echo.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.stamp != null && $Object.hasOwnProperty.call(message, "stamp") && message.stamp !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.stamp);
            if (message.age != null && $Object.hasOwnProperty.call(message, "age") && message.age !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.age);
            if (message.tickUs != null && $Object.hasOwnProperty.call(message, "tickUs") && message.tickUs !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.tickUs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Echo message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Echo
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Echo & shoal.Echo.$Shape} Echo
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Echo.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Echo();
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
                            message.stamp = value;
                        else
                            delete message.stamp;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.age = value;
                        else
                            delete message.age;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.tickUs = value;
                        else
                            delete message.tickUs;
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

        return Echo;
    })();

    shoal.ViewCells = (function() {

        /**
         * Properties of a ViewCells.
         * @typedef {Object} shoal.ViewCells.$Properties
         * @property {number|null} [column] First column, from 0.
         * @property {number|null} [row] First row, from 0.
         * @property {number|null} [columns] Columns, 1 or more.
         * @property {number|null} [rows] Rows, 1 or more; columns times rows is at most 256.
         * @property {boolean|null} [reset] True: cells in both rectangles start empty, too.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ViewCells.
         * @memberof shoal
         * @interface IViewCells
         * @augments shoal.ViewCells.$Properties
         * @deprecated Use shoal.ViewCells.$Properties instead.
         */

        /**
         * Shape of a ViewCells.
         * @typedef {shoal.ViewCells.$Properties} shoal.ViewCells.$Shape
         */

        /**
         * Constructs a new ViewCells.
         * @memberof shoal
         * @classdesc The rectangle of cells that a client is told about. Cells that are in the old and the new rectangle are
         * kept; cells newly inside start empty.
         * @constructor
         * @param {shoal.ViewCells.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ViewCells = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * First column, from 0.
         * @member {number} column
         * @memberof shoal.ViewCells
         * @instance
         */
        ViewCells.prototype.column = 0;

        /**
         * First row, from 0.
         * @member {number} row
         * @memberof shoal.ViewCells
         * @instance
         */
        ViewCells.prototype.row = 0;

        /**
         * Columns, 1 or more.
         * @member {number} columns
         * @memberof shoal.ViewCells
         * @instance
         */
        ViewCells.prototype.columns = 0;

        /**
         * Rows, 1 or more; columns times rows is at most 256.
         * @member {number} rows
         * @memberof shoal.ViewCells
         * @instance
         */
        ViewCells.prototype.rows = 0;

        /**
         * True: cells in both rectangles start empty, too.
         * @member {boolean} reset
         * @memberof shoal.ViewCells
         * @instance
         */
        ViewCells.prototype.reset = false;

        /**
         * Encodes the specified ViewCells message. Does not implicitly {@link shoal.ViewCells.verify|verify} messages.
         * @function encode
         * @memberof shoal.ViewCells
         * @static
         * @param {shoal.ViewCells.$Properties} message ViewCells message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ViewCells.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.column != null && $Object.hasOwnProperty.call(message, "column") && message.column !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.column);
            if (message.row != null && $Object.hasOwnProperty.call(message, "row") && message.row !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.row);
            if (message.columns != null && $Object.hasOwnProperty.call(message, "columns") && message.columns !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.columns);
            if (message.rows != null && $Object.hasOwnProperty.call(message, "rows") && message.rows !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.rows);
            if (message.reset != null && $Object.hasOwnProperty.call(message, "reset") && message.reset !== false)
                writer.uint32(/* id 5, wireType 0 =*/40).bool(message.reset);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ViewCells message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.ViewCells
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.ViewCells & shoal.ViewCells.$Shape} ViewCells
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ViewCells.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.ViewCells();
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
                            message.column = value;
                        else
                            delete message.column;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.row = value;
                        else
                            delete message.row;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.columns = value;
                        else
                            delete message.columns;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.rows = value;
                        else
                            delete message.rows;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.reset = value;
                        else
                            delete message.reset;
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

        return ViewCells;
    })();

    shoal.CellKeyframe = (function() {

        /**
         * Properties of a CellKeyframe.
         * @typedef {Object} shoal.CellKeyframe.$Properties
         * @property {number|null} [cell] Row times the world's columns, plus column.
         * @property {Array.<number>|null} [records] One record for each entity, in roster order: slot, x, y, drive[, speed], see SPEC section C.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a CellKeyframe.
         * @memberof shoal
         * @interface ICellKeyframe
         * @augments shoal.CellKeyframe.$Properties
         * @deprecated Use shoal.CellKeyframe.$Properties instead.
         */

        /**
         * Shape of a CellKeyframe.
         * @typedef {shoal.CellKeyframe.$Properties} shoal.CellKeyframe.$Shape
         */

        /**
         * Constructs a new CellKeyframe.
         * @memberof shoal
         * @classdesc All entities of one cell as viewers hold them at the end of this frame's tick.
         * @constructor
         * @param {shoal.CellKeyframe.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const CellKeyframe = function (properties) {
            this.records = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Row times the world's columns, plus column.
         * @member {number} cell
         * @memberof shoal.CellKeyframe
         * @instance
         */
        CellKeyframe.prototype.cell = 0;

        /**
         * One record for each entity, in roster order: slot, x, y, drive[, speed], see SPEC section C.
         * @member {Array.<number>} records
         * @memberof shoal.CellKeyframe
         * @instance
         */
        CellKeyframe.prototype.records = $util.emptyArray;

        /**
         * Encodes the specified CellKeyframe message. Does not implicitly {@link shoal.CellKeyframe.verify|verify} messages.
         * @function encode
         * @memberof shoal.CellKeyframe
         * @static
         * @param {shoal.CellKeyframe.$Properties} message CellKeyframe message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        CellKeyframe.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.cell != null && $Object.hasOwnProperty.call(message, "cell") && message.cell !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.cell);
            if (message.records != null && message.records.length)
                writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.records);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a CellKeyframe message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.CellKeyframe
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.CellKeyframe & shoal.CellKeyframe.$Shape} CellKeyframe
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        CellKeyframe.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.CellKeyframe();
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
                            message.cell = value;
                        else
                            delete message.cell;
                        continue;
                    }
                case 2: {
                        if (wireType === 2) {
                            if (!(message.records && message.records.length))
                                message.records = [];
                            reader.uint32s(message.records);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.records && message.records.length))
                            message.records = [];
                        message.records.push(reader.uint32());
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

        return CellKeyframe;
    })();

    shoal.EntityRest = (function() {

        /**
         * Properties of an EntityRest.
         * @typedef {Object} shoal.EntityRest.$Properties
         * @property {number|null} [slot] Small number that names the entity in cell streams while it is in the world; reused later.
         * @property {number|null} [id] The entity's number for life: never reused in this room.
         * @property {shoal.Entity.$Properties|null} [entity] The game's part.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an EntityRest.
         * @memberof shoal
         * @interface IEntityRest
         * @augments shoal.EntityRest.$Properties
         * @deprecated Use shoal.EntityRest.$Properties instead.
         */

        /**
         * Shape of an EntityRest.
         * @typedef {{
         *   slot?: number|null;
         *   id?: number|null;
         *   entity?: shoal.Entity.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * }} shoal.EntityRest.$Shape
         */

        /**
         * Constructs a new EntityRest.
         * @memberof shoal
         * @classdesc Server to client: the rest fields of one entity.
         * @constructor
         * @param {shoal.EntityRest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const EntityRest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Small number that names the entity in cell streams while it is in the world; reused later.
         * @member {number} slot
         * @memberof shoal.EntityRest
         * @instance
         */
        EntityRest.prototype.slot = 0;

        /**
         * The entity's number for life: never reused in this room.
         * @member {number} id
         * @memberof shoal.EntityRest
         * @instance
         */
        EntityRest.prototype.id = 0;

        /**
         * The game's part.
         * @member {shoal.Entity.$Properties|null|undefined} entity
         * @memberof shoal.EntityRest
         * @instance
         */
        EntityRest.prototype.entity = null;

        /**
         * Encodes the specified EntityRest message. Does not implicitly {@link shoal.EntityRest.verify|verify} messages.
         * @function encode
         * @memberof shoal.EntityRest
         * @static
         * @param {shoal.EntityRest.$Properties} message EntityRest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        EntityRest.encode = function (message, writer, _depth) {
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
            if (message.entity != null && $Object.hasOwnProperty.call(message, "entity"))
                $root.shoal.Entity.encode(message.entity, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an EntityRest message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.EntityRest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.EntityRest & shoal.EntityRest.$Shape} EntityRest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        EntityRest.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.EntityRest();
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
                        if (wireType !== 2)
                            break;
                        message.entity = $root.shoal.Entity.decode(reader, reader.size(), $undefined, _depth + 1, message.entity);
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

        return EntityRest;
    })();

    /**
     * WebSocket close codes, also the first two bytes of a polling answer that ends the connection. Clients come
     * back after 4000 to 4499, with jitter, and do not after 4500 to 4999. A reason that ends in "retry in N ms" says when.
     * @name shoal.CloseCode
     * @enum {number}
     * @property {number} CLOSE_CODE_UNSPECIFIED=0 Never sent.
     * @property {number} CLOSE_CODE_RESTARTING=4000 The server restarts. Come back.
     * @property {number} CLOSE_CODE_SLOW=4001 The client reads too slowly. Come back.
     * @property {number} CLOSE_CODE_HELLO_TIMEOUT=4002 No Hello within 3 s. Come back.
     * @property {number} CLOSE_CODE_ROOM_FULL=4003 The room has no free place. Come back later.
     * @property {number} CLOSE_CODE_ROOMS_FULL=4004 The server has no place for one more room. Come back later.
     * @property {number} CLOSE_CODE_ROOM_FAILED=4005 The room failed. Come back.
     * @property {number} CLOSE_CODE_SILENT=4006 Nothing was heard of the client for 6 s. Come back.
     * @property {number} CLOSE_CODE_RATE=4007 Too many messages. Come back after a pause.
     * @property {number} CLOSE_CODE_BUSY=4008 More newcomers than the server takes at once. Come back when the reason says.
     * @property {number} CLOSE_CODE_ROOM_OVERLOADED=4009 The room's world costs more than its share of time. Come back later.
     * @property {number} CLOSE_CODE_AUTH_UNAVAILABLE=4010 Who players are cannot be checked at the moment. Come back.
     * @property {number} CLOSE_CODE_BAD_MESSAGE=4500 A message that cannot be decoded, is out of order or out of range. Mend the client.
     * @property {number} CLOSE_CODE_UPGRADE=4501 The client was made for another schema: reload the page.
     * @property {number} CLOSE_CODE_BAD_ROOM=4502 No such room, or not a room name. Choose another.
     * @property {number} CLOSE_CODE_BAD_LOOK=4503 A name, colour or gender in Hello that cannot be used. Choose another.
     * @property {number} CLOSE_CODE_REPLACED=4504 Another connection goes on with this session.
     * @property {number} CLOSE_CODE_UNAUTHORISED=4505 Hello.auth_token is missing, not valid or no longer so. Sign in again.
     * @property {number} CLOSE_CODE_KICKED=4506 An operator ended this session.
     * @property {number} CLOSE_CODE_BANNED=4507 An operator does not want this player or address here.
     */
    shoal.CloseCode = (function() {
        const valuesById = $Object.create(null), values = $Object.create(valuesById);
        values[valuesById[0] = "CLOSE_CODE_UNSPECIFIED"] = 0;
        values[valuesById[4000] = "CLOSE_CODE_RESTARTING"] = 4000;
        values[valuesById[4001] = "CLOSE_CODE_SLOW"] = 4001;
        values[valuesById[4002] = "CLOSE_CODE_HELLO_TIMEOUT"] = 4002;
        values[valuesById[4003] = "CLOSE_CODE_ROOM_FULL"] = 4003;
        values[valuesById[4004] = "CLOSE_CODE_ROOMS_FULL"] = 4004;
        values[valuesById[4005] = "CLOSE_CODE_ROOM_FAILED"] = 4005;
        values[valuesById[4006] = "CLOSE_CODE_SILENT"] = 4006;
        values[valuesById[4007] = "CLOSE_CODE_RATE"] = 4007;
        values[valuesById[4008] = "CLOSE_CODE_BUSY"] = 4008;
        values[valuesById[4009] = "CLOSE_CODE_ROOM_OVERLOADED"] = 4009;
        values[valuesById[4010] = "CLOSE_CODE_AUTH_UNAVAILABLE"] = 4010;
        values[valuesById[4500] = "CLOSE_CODE_BAD_MESSAGE"] = 4500;
        values[valuesById[4501] = "CLOSE_CODE_UPGRADE"] = 4501;
        values[valuesById[4502] = "CLOSE_CODE_BAD_ROOM"] = 4502;
        values[valuesById[4503] = "CLOSE_CODE_BAD_LOOK"] = 4503;
        values[valuesById[4504] = "CLOSE_CODE_REPLACED"] = 4504;
        values[valuesById[4505] = "CLOSE_CODE_UNAUTHORISED"] = 4505;
        values[valuesById[4506] = "CLOSE_CODE_KICKED"] = 4506;
        values[valuesById[4507] = "CLOSE_CODE_BANNED"] = 4507;
        return values;
    })();

    shoal.Entity = (function() {

        /**
         * Properties of an Entity.
         * @typedef {Object} shoal.Entity.$Properties
         * @property {shoal.Tadpole.$Properties|null} [tadpole] A player's avatar.
         * @property {"tadpole"} [kind] Entity kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Entity.
         * @memberof shoal
         * @interface IEntity
         * @augments shoal.Entity.$Properties
         * @deprecated Use shoal.Entity.$Properties instead.
         */

        /**
         * Narrowed shape of an Entity.
         * @typedef {{
         *   tadpole?: shoal.Tadpole.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ kind?: undefined; tadpole?: null }|{ kind?: "tadpole"; tadpole: shoal.Tadpole.$Shape })
         * )} shoal.Entity.$Shape
         */

        /**
         * Constructs a new Entity.
         * @memberof shoal
         * @classdesc One thing in the world. The server tells a client of an entity before, or in the same frame as,
         * its first motion, and again whenever a rest field changes.
         * @constructor
         * @param {shoal.Entity.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Entity = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * A player's avatar.
         * @member {shoal.Tadpole.$Properties|null|undefined} tadpole
         * @memberof shoal.Entity
         * @instance
         */
        Entity.prototype.tadpole = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Entity kind.
         * @member {"tadpole"|undefined} kind
         * @memberof shoal.Entity
         * @instance
         */
        $Object.defineProperty(Entity.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["tadpole"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified Entity message. Does not implicitly {@link shoal.Entity.verify|verify} messages.
         * @function encode
         * @memberof shoal.Entity
         * @static
         * @param {shoal.Entity.$Properties} message Entity message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Entity.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.tadpole != null && $Object.hasOwnProperty.call(message, "tadpole"))
                $root.shoal.Tadpole.encode(message.tadpole, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Entity message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Entity
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Entity & shoal.Entity.$Shape} Entity
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Entity.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.Entity();
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
                        message.tadpole = $root.shoal.Tadpole.decode(reader, reader.size(), $undefined, _depth + 1, message.tadpole);
                        message.kind = "tadpole";
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

        return Entity;
    })();

    shoal.Tadpole = (function() {

        /**
         * Properties of a Tadpole.
         * @typedef {Object} shoal.Tadpole.$Properties
         * @property {shoal.Motion.$Properties|null} [motion] Motion fields: position and heading. On the wire they travel in the cell streams and this field is
         * absent; it is filled in where a whole entity is kept.
         * @property {shoal.Look.$Properties|null} [look] Rest fields: name, colour and gender.
         * @property {string|null} [lastWords] What this tadpole last said to those nearby, 0 to 280 characters, empty if nothing yet.
         * @property {number|null} [lastWordsTick] Tick at which the last words were said; a client shows them while they are fresh.
         * @property {boolean|null} [away] Nothing is heard of the player at the moment: the connection is lost, and may come back.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Tadpole.
         * @memberof shoal
         * @interface ITadpole
         * @augments shoal.Tadpole.$Properties
         * @deprecated Use shoal.Tadpole.$Properties instead.
         */

        /**
         * Shape of a Tadpole.
         * @typedef {shoal.Tadpole.$Properties} shoal.Tadpole.$Shape
         */

        /**
         * Constructs a new Tadpole.
         * @memberof shoal
         * @classdesc A player's avatar: a head with a living tail.
         * @constructor
         * @param {shoal.Tadpole.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Tadpole = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Motion fields: position and heading. On the wire they travel in the cell streams and this field is
         * absent; it is filled in where a whole entity is kept.
         * @member {shoal.Motion.$Properties|null|undefined} motion
         * @memberof shoal.Tadpole
         * @instance
         */
        Tadpole.prototype.motion = null;

        /**
         * Rest fields: name, colour and gender.
         * @member {shoal.Look.$Properties|null|undefined} look
         * @memberof shoal.Tadpole
         * @instance
         */
        Tadpole.prototype.look = null;

        /**
         * What this tadpole last said to those nearby, 0 to 280 characters, empty if nothing yet.
         * @member {string} lastWords
         * @memberof shoal.Tadpole
         * @instance
         */
        Tadpole.prototype.lastWords = "";

        /**
         * Tick at which the last words were said; a client shows them while they are fresh.
         * @member {number} lastWordsTick
         * @memberof shoal.Tadpole
         * @instance
         */
        Tadpole.prototype.lastWordsTick = 0;

        /**
         * Nothing is heard of the player at the moment: the connection is lost, and may come back.
         * @member {boolean} away
         * @memberof shoal.Tadpole
         * @instance
         */
        Tadpole.prototype.away = false;

        /**
         * Encodes the specified Tadpole message. Does not implicitly {@link shoal.Tadpole.verify|verify} messages.
         * @function encode
         * @memberof shoal.Tadpole
         * @static
         * @param {shoal.Tadpole.$Properties} message Tadpole message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Tadpole.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.motion != null && $Object.hasOwnProperty.call(message, "motion"))
                $root.shoal.Motion.encode(message.motion, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.look != null && $Object.hasOwnProperty.call(message, "look"))
                $root.shoal.Look.encode(message.look, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.lastWords != null && $Object.hasOwnProperty.call(message, "lastWords") && message.lastWords !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.lastWords);
            if (message.lastWordsTick != null && $Object.hasOwnProperty.call(message, "lastWordsTick") && message.lastWordsTick !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.lastWordsTick);
            if (message.away != null && $Object.hasOwnProperty.call(message, "away") && message.away !== false)
                writer.uint32(/* id 5, wireType 0 =*/40).bool(message.away);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Tadpole message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Tadpole
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Tadpole & shoal.Tadpole.$Shape} Tadpole
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Tadpole.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Tadpole();
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
                        message.motion = $root.shoal.Motion.decode(reader, reader.size(), $undefined, _depth + 1, message.motion);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.look = $root.shoal.Look.decode(reader, reader.size(), $undefined, _depth + 1, message.look);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.lastWords = value;
                        else
                            delete message.lastWords;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.lastWordsTick = value;
                        else
                            delete message.lastWordsTick;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.away = value;
                        else
                            delete message.away;
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

        return Tadpole;
    })();

    shoal.Look = (function() {

        /**
         * Properties of a Look.
         * @typedef {Object} shoal.Look.$Properties
         * @property {string|null} [name] 1 to 20 characters and at most 80 bytes after cleaning; empty asks the server for "Guest N". No two in a room are alike:
         * a newcomer whose name is taken gets it with a number.
         * @property {number|null} [colour] 0xRRGGBB, 0 to 16777215.
         * @property {shoal.Gender|null} [gender] How the avatar looks.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Look.
         * @memberof shoal
         * @interface ILook
         * @augments shoal.Look.$Properties
         * @deprecated Use shoal.Look.$Properties instead.
         */

        /**
         * Shape of a Look.
         * @typedef {shoal.Look.$Properties} shoal.Look.$Shape
         */

        /**
         * Constructs a new Look.
         * @memberof shoal
         * @classdesc What a player chooses about the tadpole. Sent by clients in Join and ClientEvent.look; the server
         * cleans it, and everyone gets the cleaned version in Tadpole.look.
         * @constructor
         * @param {shoal.Look.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Look = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * 1 to 20 characters and at most 80 bytes after cleaning; empty asks the server for "Guest N". No two in a room are alike:
         * a newcomer whose name is taken gets it with a number.
         * @member {string} name
         * @memberof shoal.Look
         * @instance
         */
        Look.prototype.name = "";

        /**
         * 0xRRGGBB, 0 to 16777215.
         * @member {number} colour
         * @memberof shoal.Look
         * @instance
         */
        Look.prototype.colour = 0;

        /**
         * How the avatar looks.
         * @member {shoal.Gender} gender
         * @memberof shoal.Look
         * @instance
         */
        Look.prototype.gender = 0;

        /**
         * Encodes the specified Look message. Does not implicitly {@link shoal.Look.verify|verify} messages.
         * @function encode
         * @memberof shoal.Look
         * @static
         * @param {shoal.Look.$Properties} message Look message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Look.encode = function (message, writer, _depth) {
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
                writer.uint32(/* id 3, wireType 0 =*/24).int32(message.gender);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Look message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Look
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Look & shoal.Look.$Shape} Look
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Look.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Look();
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
                        if (value = reader.int32())
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

        return Look;
    })();

    /**
     * Changes the avatar's look, nothing else.
     * @name shoal.Gender
     * @enum {number}
     * @property {number} GENDER_UNSPECIFIED=0 Not told: plain look.
     * @property {number} GENDER_FEMALE=1 Female.
     * @property {number} GENDER_MALE=2 Male.
     * @property {number} GENDER_OTHER=3 Other.
     */
    shoal.Gender = (function() {
        const valuesById = $Object.create(null), values = $Object.create(valuesById);
        values[valuesById[0] = "GENDER_UNSPECIFIED"] = 0;
        values[valuesById[1] = "GENDER_FEMALE"] = 1;
        values[valuesById[2] = "GENDER_MALE"] = 2;
        values[valuesById[3] = "GENDER_OTHER"] = 3;
        return values;
    })();

    shoal.Join = (function() {

        /**
         * Properties of a Join.
         * @typedef {Object} shoal.Join.$Properties
         * @property {shoal.Look.$Properties|null} [look] The look to start with.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Join.
         * @memberof shoal
         * @interface IJoin
         * @augments shoal.Join.$Properties
         * @deprecated Use shoal.Join.$Properties instead.
         */

        /**
         * Shape of a Join.
         * @typedef {shoal.Join.$Properties} shoal.Join.$Shape
         */

        /**
         * Constructs a new Join.
         * @memberof shoal
         * @classdesc What a client brings when it joins a room; part of Hello.
         * @constructor
         * @param {shoal.Join.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Join = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * The look to start with.
         * @member {shoal.Look.$Properties|null|undefined} look
         * @memberof shoal.Join
         * @instance
         */
        Join.prototype.look = null;

        /**
         * Encodes the specified Join message. Does not implicitly {@link shoal.Join.verify|verify} messages.
         * @function encode
         * @memberof shoal.Join
         * @static
         * @param {shoal.Join.$Properties} message Join message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Join.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.look != null && $Object.hasOwnProperty.call(message, "look"))
                $root.shoal.Look.encode(message.look, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Join message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Join
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Join & shoal.Join.$Shape} Join
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Join.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Join();
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
                        message.look = $root.shoal.Look.decode(reader, reader.size(), $undefined, _depth + 1, message.look);
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

        return Join;
    })();

    shoal.Input = (function() {

        /**
         * Properties of an Input.
         * @typedef {Object} shoal.Input.$Properties
         * @property {shoal.Steer.$Properties|null} [steer] Steers the own tadpole.
         * @property {"steer"} [kind] Input kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Input.
         * @memberof shoal
         * @interface IInput
         * @augments shoal.Input.$Properties
         * @deprecated Use shoal.Input.$Properties instead.
         */

        /**
         * Narrowed shape of an Input.
         * @typedef {{
         *   steer?: shoal.Steer.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ kind?: undefined; steer?: null }|{ kind?: "steer"; steer: shoal.Steer.$Shape })
         * )} shoal.Input.$Shape
         */

        /**
         * Constructs a new Input.
         * @memberof shoal
         * @classdesc What a player does in one tick.
         * @constructor
         * @param {shoal.Input.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Input = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Steers the own tadpole.
         * @member {shoal.Steer.$Properties|null|undefined} steer
         * @memberof shoal.Input
         * @instance
         */
        Input.prototype.steer = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Input kind.
         * @member {"steer"|undefined} kind
         * @memberof shoal.Input
         * @instance
         */
        $Object.defineProperty(Input.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["steer"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified Input message. Does not implicitly {@link shoal.Input.verify|verify} messages.
         * @function encode
         * @memberof shoal.Input
         * @static
         * @param {shoal.Input.$Properties} message Input message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Input.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.steer != null && $Object.hasOwnProperty.call(message, "steer"))
                $root.shoal.Steer.encode(message.steer, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Input message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Input
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Input & shoal.Input.$Shape} Input
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Input.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.Input();
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
                        message.steer = $root.shoal.Steer.decode(reader, reader.size(), $undefined, _depth + 1, message.steer);
                        message.kind = "steer";
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

        return Input;
    })();

    shoal.Steer = (function() {

        /**
         * Properties of a Steer.
         * @typedef {Object} shoal.Steer.$Properties
         * @property {number|null} [heading] Where to turn: 1/65536 turn clockwise from +x, 0 to 65535. The heading closes in on it, see SPEC M2.
         * @property {boolean|null} [swim] Swim at full speed; false glides to rest.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Steer.
         * @memberof shoal
         * @interface ISteer
         * @augments shoal.Steer.$Properties
         * @deprecated Use shoal.Steer.$Properties instead.
         */

        /**
         * Shape of a Steer.
         * @typedef {shoal.Steer.$Properties} shoal.Steer.$Shape
         */

        /**
         * Constructs a new Steer.
         * @memberof shoal
         * @classdesc Steers the own tadpole for one tick.
         * @constructor
         * @param {shoal.Steer.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Steer = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Where to turn: 1/65536 turn clockwise from +x, 0 to 65535. The heading closes in on it, see SPEC M2.
         * @member {number} heading
         * @memberof shoal.Steer
         * @instance
         */
        Steer.prototype.heading = 0;

        /**
         * Swim at full speed; false glides to rest.
         * @member {boolean} swim
         * @memberof shoal.Steer
         * @instance
         */
        Steer.prototype.swim = false;

        /**
         * Encodes the specified Steer message. Does not implicitly {@link shoal.Steer.verify|verify} messages.
         * @function encode
         * @memberof shoal.Steer
         * @static
         * @param {shoal.Steer.$Properties} message Steer message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Steer.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.heading != null && $Object.hasOwnProperty.call(message, "heading") && message.heading !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.heading);
            if (message.swim != null && $Object.hasOwnProperty.call(message, "swim") && message.swim !== false)
                writer.uint32(/* id 2, wireType 0 =*/16).bool(message.swim);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Steer message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Steer
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Steer & shoal.Steer.$Shape} Steer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Steer.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Steer();
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
                            message.heading = value;
                        else
                            delete message.heading;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.swim = value;
                        else
                            delete message.swim;
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

        return Steer;
    })();

    shoal.ClientEvent = (function() {

        /**
         * Properties of a ClientEvent.
         * @typedef {Object} shoal.ClientEvent.$Properties
         * @property {shoal.Say.$Properties|null} [say] Says something to everyone who can see the own tadpole.
         * @property {shoal.Shout.$Properties|null} [shout] Says something to the whole room.
         * @property {shoal.Whisper.$Properties|null} [whisper] Says something to one player.
         * @property {shoal.Look.$Properties|null} [look] Changes the own look; others see it in the same tick.
         * @property {shoal.Report.$Properties|null} [report] Tells the operators about a player; nobody else learns of it.
         * @property {"say"|"shout"|"whisper"|"look"|"report"} [kind] ClientEvent kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ClientEvent.
         * @memberof shoal
         * @interface IClientEvent
         * @augments shoal.ClientEvent.$Properties
         * @deprecated Use shoal.ClientEvent.$Properties instead.
         */

        /**
         * Narrowed shape of a ClientEvent.
         * @typedef {{
         *   say?: shoal.Say.$Shape|null;
         *   shout?: shoal.Shout.$Shape|null;
         *   whisper?: shoal.Whisper.$Shape|null;
         *   look?: shoal.Look.$Shape|null;
         *   report?: shoal.Report.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ kind?: undefined; say?: null; shout?: null; whisper?: null; look?: null; report?: null }|{ kind?: "say"; say: shoal.Say.$Shape; shout?: null; whisper?: null; look?: null; report?: null }|{ kind?: "shout"; say?: null; shout: shoal.Shout.$Shape; whisper?: null; look?: null; report?: null }|{ kind?: "whisper"; say?: null; shout?: null; whisper: shoal.Whisper.$Shape; look?: null; report?: null }|{ kind?: "look"; say?: null; shout?: null; whisper?: null; look: shoal.Look.$Shape; report?: null }|{ kind?: "report"; say?: null; shout?: null; whisper?: null; look?: null; report: shoal.Report.$Shape })
         * )} shoal.ClientEvent.$Shape
         */

        /**
         * Constructs a new ClientEvent.
         * @memberof shoal
         * @classdesc What a client tells the server now and then. Handled once, in order, at the start of the next tick.
         * @constructor
         * @param {shoal.ClientEvent.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ClientEvent = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Says something to everyone who can see the own tadpole.
         * @member {shoal.Say.$Properties|null|undefined} say
         * @memberof shoal.ClientEvent
         * @instance
         */
        ClientEvent.prototype.say = null;

        /**
         * Says something to the whole room.
         * @member {shoal.Shout.$Properties|null|undefined} shout
         * @memberof shoal.ClientEvent
         * @instance
         */
        ClientEvent.prototype.shout = null;

        /**
         * Says something to one player.
         * @member {shoal.Whisper.$Properties|null|undefined} whisper
         * @memberof shoal.ClientEvent
         * @instance
         */
        ClientEvent.prototype.whisper = null;

        /**
         * Changes the own look; others see it in the same tick.
         * @member {shoal.Look.$Properties|null|undefined} look
         * @memberof shoal.ClientEvent
         * @instance
         */
        ClientEvent.prototype.look = null;

        /**
         * Tells the operators about a player; nobody else learns of it.
         * @member {shoal.Report.$Properties|null|undefined} report
         * @memberof shoal.ClientEvent
         * @instance
         */
        ClientEvent.prototype.report = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * ClientEvent kind.
         * @member {"say"|"shout"|"whisper"|"look"|"report"|undefined} kind
         * @memberof shoal.ClientEvent
         * @instance
         */
        $Object.defineProperty(ClientEvent.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["say", "shout", "whisper", "look", "report"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified ClientEvent message. Does not implicitly {@link shoal.ClientEvent.verify|verify} messages.
         * @function encode
         * @memberof shoal.ClientEvent
         * @static
         * @param {shoal.ClientEvent.$Properties} message ClientEvent message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ClientEvent.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.say != null && $Object.hasOwnProperty.call(message, "say"))
                $root.shoal.Say.encode(message.say, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.shout != null && $Object.hasOwnProperty.call(message, "shout"))
                $root.shoal.Shout.encode(message.shout, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.whisper != null && $Object.hasOwnProperty.call(message, "whisper"))
                $root.shoal.Whisper.encode(message.whisper, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.look != null && $Object.hasOwnProperty.call(message, "look"))
                $root.shoal.Look.encode(message.look, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.report != null && $Object.hasOwnProperty.call(message, "report"))
                $root.shoal.Report.encode(message.report, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ClientEvent message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.ClientEvent
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.ClientEvent & shoal.ClientEvent.$Shape} ClientEvent
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ClientEvent.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.ClientEvent();
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
                        message.say = $root.shoal.Say.decode(reader, reader.size(), $undefined, _depth + 1, message.say);
                        message.kind = "say";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.shout = $root.shoal.Shout.decode(reader, reader.size(), $undefined, _depth + 1, message.shout);
                        message.kind = "shout";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.whisper = $root.shoal.Whisper.decode(reader, reader.size(), $undefined, _depth + 1, message.whisper);
                        message.kind = "whisper";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.look = $root.shoal.Look.decode(reader, reader.size(), $undefined, _depth + 1, message.look);
                        message.kind = "look";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.report = $root.shoal.Report.decode(reader, reader.size(), $undefined, _depth + 1, message.report);
                        message.kind = "report";
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

        return ClientEvent;
    })();

    shoal.Say = (function() {

        /**
         * Properties of a Say.
         * @typedef {Object} shoal.Say.$Properties
         * @property {string|null} [text] 1 to 280 characters, at most 1120 bytes.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Say.
         * @memberof shoal
         * @interface ISay
         * @augments shoal.Say.$Properties
         * @deprecated Use shoal.Say.$Properties instead.
         */

        /**
         * Shape of a Say.
         * @typedef {shoal.Say.$Properties} shoal.Say.$Shape
         */

        /**
         * Constructs a new Say.
         * @memberof shoal
         * @classdesc Client to server: words for those nearby.
         * @constructor
         * @param {shoal.Say.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Say = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * 1 to 280 characters, at most 1120 bytes.
         * @member {string} text
         * @memberof shoal.Say
         * @instance
         */
        Say.prototype.text = "";

        /**
         * Encodes the specified Say message. Does not implicitly {@link shoal.Say.verify|verify} messages.
         * @function encode
         * @memberof shoal.Say
         * @static
         * @param {shoal.Say.$Properties} message Say message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Say.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.text);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Say message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Say
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Say & shoal.Say.$Shape} Say
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Say.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Say();
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
                            message.text = value;
                        else
                            delete message.text;
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

        return Say;
    })();

    shoal.Shout = (function() {

        /**
         * Properties of a Shout.
         * @typedef {Object} shoal.Shout.$Properties
         * @property {string|null} [text] 1 to 280 characters, at most 1120 bytes.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Shout.
         * @memberof shoal
         * @interface IShout
         * @augments shoal.Shout.$Properties
         * @deprecated Use shoal.Shout.$Properties instead.
         */

        /**
         * Shape of a Shout.
         * @typedef {shoal.Shout.$Properties} shoal.Shout.$Shape
         */

        /**
         * Constructs a new Shout.
         * @memberof shoal
         * @classdesc Client to server: words for the whole room.
         * @constructor
         * @param {shoal.Shout.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Shout = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * 1 to 280 characters, at most 1120 bytes.
         * @member {string} text
         * @memberof shoal.Shout
         * @instance
         */
        Shout.prototype.text = "";

        /**
         * Encodes the specified Shout message. Does not implicitly {@link shoal.Shout.verify|verify} messages.
         * @function encode
         * @memberof shoal.Shout
         * @static
         * @param {shoal.Shout.$Properties} message Shout message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Shout.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.text);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Shout message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Shout
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Shout & shoal.Shout.$Shape} Shout
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Shout.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Shout();
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
                            message.text = value;
                        else
                            delete message.text;
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

        return Shout;
    })();

    shoal.Whisper = (function() {

        /**
         * Properties of a Whisper.
         * @typedef {Object} shoal.Whisper.$Properties
         * @property {number|null} [toId] EntityRest.id of the player, anywhere in the room.
         * @property {string|null} [text] 1 to 280 characters, at most 1120 bytes.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Whisper.
         * @memberof shoal
         * @interface IWhisper
         * @augments shoal.Whisper.$Properties
         * @deprecated Use shoal.Whisper.$Properties instead.
         */

        /**
         * Shape of a Whisper.
         * @typedef {shoal.Whisper.$Properties} shoal.Whisper.$Shape
         */

        /**
         * Constructs a new Whisper.
         * @memberof shoal
         * @classdesc Client to server: words for one player.
         * @constructor
         * @param {shoal.Whisper.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Whisper = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * EntityRest.id of the player, anywhere in the room.
         * @member {number} toId
         * @memberof shoal.Whisper
         * @instance
         */
        Whisper.prototype.toId = 0;

        /**
         * 1 to 280 characters, at most 1120 bytes.
         * @member {string} text
         * @memberof shoal.Whisper
         * @instance
         */
        Whisper.prototype.text = "";

        /**
         * Encodes the specified Whisper message. Does not implicitly {@link shoal.Whisper.verify|verify} messages.
         * @function encode
         * @memberof shoal.Whisper
         * @static
         * @param {shoal.Whisper.$Properties} message Whisper message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Whisper.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.toId != null && $Object.hasOwnProperty.call(message, "toId") && message.toId !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.toId);
            if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Whisper message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Whisper
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Whisper & shoal.Whisper.$Shape} Whisper
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Whisper.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Whisper();
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
                            message.toId = value;
                        else
                            delete message.toId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.text = value;
                        else
                            delete message.text;
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

        return Whisper;
    })();

    shoal.Report = (function() {

        /**
         * Properties of a Report.
         * @typedef {Object} shoal.Report.$Properties
         * @property {number|null} [aboutId] EntityRest.id of the player: one in the room, or one whom the reporter heard lately.
         * @property {string|null} [words] What happened, in the reporter's words: up to 280 characters, at most 1120 bytes; may be empty.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Report.
         * @memberof shoal
         * @interface IReport
         * @augments shoal.Report.$Properties
         * @deprecated Use shoal.Report.$Properties instead.
         */

        /**
         * Shape of a Report.
         * @typedef {shoal.Report.$Properties} shoal.Report.$Shape
         */

        /**
         * Constructs a new Report.
         * @memberof shoal
         * @classdesc Client to server: a player who should be looked at. The server adds who both are, and the last 20 lines that the
         * reporter was told.
         * @constructor
         * @param {shoal.Report.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Report = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * EntityRest.id of the player: one in the room, or one whom the reporter heard lately.
         * @member {number} aboutId
         * @memberof shoal.Report
         * @instance
         */
        Report.prototype.aboutId = 0;

        /**
         * What happened, in the reporter's words: up to 280 characters, at most 1120 bytes; may be empty.
         * @member {string} words
         * @memberof shoal.Report
         * @instance
         */
        Report.prototype.words = "";

        /**
         * Encodes the specified Report message. Does not implicitly {@link shoal.Report.verify|verify} messages.
         * @function encode
         * @memberof shoal.Report
         * @static
         * @param {shoal.Report.$Properties} message Report message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Report.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.aboutId != null && $Object.hasOwnProperty.call(message, "aboutId") && message.aboutId !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.aboutId);
            if (message.words != null && $Object.hasOwnProperty.call(message, "words") && message.words !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.words);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Report message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Report
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Report & shoal.Report.$Shape} Report
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Report.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Report();
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
                            message.aboutId = value;
                        else
                            delete message.aboutId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.words = value;
                        else
                            delete message.words;
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

        return Report;
    })();

    shoal.ServerEvent = (function() {

        /**
         * Properties of a ServerEvent.
         * @typedef {Object} shoal.ServerEvent.$Properties
         * @property {shoal.Said.$Properties|null} [said] Someone spoke.
         * @property {shoal.Notice.$Properties|null} [notice] Something the player should read.
         * @property {shoal.Online.$Properties|null} [online] How many players are in the room; sent at joining and whenever it changes, at most once a second.
         * @property {"said"|"notice"|"online"} [kind] ServerEvent kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ServerEvent.
         * @memberof shoal
         * @interface IServerEvent
         * @augments shoal.ServerEvent.$Properties
         * @deprecated Use shoal.ServerEvent.$Properties instead.
         */

        /**
         * Narrowed shape of a ServerEvent.
         * @typedef {{
         *   said?: shoal.Said.$Shape|null;
         *   notice?: shoal.Notice.$Shape|null;
         *   online?: shoal.Online.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ kind?: undefined; said?: null; notice?: null; online?: null }|{ kind?: "said"; said: shoal.Said.$Shape; notice?: null; online?: null }|{ kind?: "notice"; said?: null; notice: shoal.Notice.$Shape; online?: null }|{ kind?: "online"; said?: null; notice?: null; online: shoal.Online.$Shape })
         * )} shoal.ServerEvent.$Shape
         */

        /**
         * Constructs a new ServerEvent.
         * @memberof shoal
         * @classdesc What the server tells a client now and then; shown in the order of arrival.
         * @constructor
         * @param {shoal.ServerEvent.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ServerEvent = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Someone spoke.
         * @member {shoal.Said.$Properties|null|undefined} said
         * @memberof shoal.ServerEvent
         * @instance
         */
        ServerEvent.prototype.said = null;

        /**
         * Something the player should read.
         * @member {shoal.Notice.$Properties|null|undefined} notice
         * @memberof shoal.ServerEvent
         * @instance
         */
        ServerEvent.prototype.notice = null;

        /**
         * How many players are in the room; sent at joining and whenever it changes, at most once a second.
         * @member {shoal.Online.$Properties|null|undefined} online
         * @memberof shoal.ServerEvent
         * @instance
         */
        ServerEvent.prototype.online = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * ServerEvent kind.
         * @member {"said"|"notice"|"online"|undefined} kind
         * @memberof shoal.ServerEvent
         * @instance
         */
        $Object.defineProperty(ServerEvent.prototype, "kind", {
            get: $util.oneOfGetter($oneOfFields = ["said", "notice", "online"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified ServerEvent message. Does not implicitly {@link shoal.ServerEvent.verify|verify} messages.
         * @function encode
         * @memberof shoal.ServerEvent
         * @static
         * @param {shoal.ServerEvent.$Properties} message ServerEvent message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ServerEvent.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.said != null && $Object.hasOwnProperty.call(message, "said"))
                $root.shoal.Said.encode(message.said, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.notice != null && $Object.hasOwnProperty.call(message, "notice"))
                $root.shoal.Notice.encode(message.notice, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.online != null && $Object.hasOwnProperty.call(message, "online"))
                $root.shoal.Online.encode(message.online, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ServerEvent message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.ServerEvent
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.ServerEvent & shoal.ServerEvent.$Shape} ServerEvent
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ServerEvent.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.shoal.ServerEvent();
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
                        message.said = $root.shoal.Said.decode(reader, reader.size(), $undefined, _depth + 1, message.said);
                        message.kind = "said";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.notice = $root.shoal.Notice.decode(reader, reader.size(), $undefined, _depth + 1, message.notice);
                        message.kind = "notice";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.online = $root.shoal.Online.decode(reader, reader.size(), $undefined, _depth + 1, message.online);
                        message.kind = "online";
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

        return ServerEvent;
    })();

    shoal.Said = (function() {

        /**
         * Properties of a Said.
         * @typedef {Object} shoal.Said.$Properties
         * @property {shoal.Scope|null} [scope] Who was meant to hear it.
         * @property {number|null} [fromId] EntityRest.id of the speaker.
         * @property {string|null} [fromName] The speaker's name at that moment.
         * @property {string|null} [text] Cleaned text, 1 to 280 characters.
         * @property {number|null} [toId] EntityRest.id of the player whispered to; 0 unless the scope is a whisper.
         * @property {string|null} [toName] That player's name; empty unless the scope is a whisper.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Said.
         * @memberof shoal
         * @interface ISaid
         * @augments shoal.Said.$Properties
         * @deprecated Use shoal.Said.$Properties instead.
         */

        /**
         * Shape of a Said.
         * @typedef {shoal.Said.$Properties} shoal.Said.$Shape
         */

        /**
         * Constructs a new Said.
         * @memberof shoal
         * @classdesc Server to client: someone spoke. The sender gets it too.
         * @constructor
         * @param {shoal.Said.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Said = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Who was meant to hear it.
         * @member {shoal.Scope} scope
         * @memberof shoal.Said
         * @instance
         */
        Said.prototype.scope = 0;

        /**
         * EntityRest.id of the speaker.
         * @member {number} fromId
         * @memberof shoal.Said
         * @instance
         */
        Said.prototype.fromId = 0;

        /**
         * The speaker's name at that moment.
         * @member {string} fromName
         * @memberof shoal.Said
         * @instance
         */
        Said.prototype.fromName = "";

        /**
         * Cleaned text, 1 to 280 characters.
         * @member {string} text
         * @memberof shoal.Said
         * @instance
         */
        Said.prototype.text = "";

        /**
         * EntityRest.id of the player whispered to; 0 unless the scope is a whisper.
         * @member {number} toId
         * @memberof shoal.Said
         * @instance
         */
        Said.prototype.toId = 0;

        /**
         * That player's name; empty unless the scope is a whisper.
         * @member {string} toName
         * @memberof shoal.Said
         * @instance
         */
        Said.prototype.toName = "";

        /**
         * Encodes the specified Said message. Does not implicitly {@link shoal.Said.verify|verify} messages.
         * @function encode
         * @memberof shoal.Said
         * @static
         * @param {shoal.Said.$Properties} message Said message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Said.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.scope != null && $Object.hasOwnProperty.call(message, "scope") && message.scope !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).int32(message.scope);
            if (message.fromId != null && $Object.hasOwnProperty.call(message, "fromId") && message.fromId !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.fromId);
            if (message.fromName != null && $Object.hasOwnProperty.call(message, "fromName") && message.fromName !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.fromName);
            if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.text);
            if (message.toId != null && $Object.hasOwnProperty.call(message, "toId") && message.toId !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.toId);
            if (message.toName != null && $Object.hasOwnProperty.call(message, "toName") && message.toName !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.toName);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Said message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Said
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Said & shoal.Said.$Shape} Said
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Said.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Said();
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
                        if (value = reader.int32())
                            message.scope = value;
                        else
                            delete message.scope;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.fromId = value;
                        else
                            delete message.fromId;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.fromName = value;
                        else
                            delete message.fromName;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.text = value;
                        else
                            delete message.text;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.toId = value;
                        else
                            delete message.toId;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.toName = value;
                        else
                            delete message.toName;
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

        return Said;
    })();

    /**
     * Who hears a chat line.
     * @name shoal.Scope
     * @enum {number}
     * @property {number} SCOPE_UNSPECIFIED=0 Never sent.
     * @property {number} SCOPE_NEARBY=1 Everyone who can see the speaker.
     * @property {number} SCOPE_ROOM=2 The whole room.
     * @property {number} SCOPE_WHISPER=3 One player and the speaker.
     */
    shoal.Scope = (function() {
        const valuesById = $Object.create(null), values = $Object.create(valuesById);
        values[valuesById[0] = "SCOPE_UNSPECIFIED"] = 0;
        values[valuesById[1] = "SCOPE_NEARBY"] = 1;
        values[valuesById[2] = "SCOPE_ROOM"] = 2;
        values[valuesById[3] = "SCOPE_WHISPER"] = 3;
        return values;
    })();

    shoal.Notice = (function() {

        /**
         * Properties of a Notice.
         * @typedef {Object} shoal.Notice.$Properties
         * @property {shoal.NoticeCode|null} [code] What happened.
         * @property {number|null} [retryMs] Milliseconds until it makes sense to try again, 0 if not a matter of time.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Notice.
         * @memberof shoal
         * @interface INotice
         * @augments shoal.Notice.$Properties
         * @deprecated Use shoal.Notice.$Properties instead.
         */

        /**
         * Shape of a Notice.
         * @typedef {shoal.Notice.$Properties} shoal.Notice.$Shape
         */

        /**
         * Constructs a new Notice.
         * @memberof shoal
         * @classdesc Server to client: something the player should read; the client has the words in its language.
         * @constructor
         * @param {shoal.Notice.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Notice = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * What happened.
         * @member {shoal.NoticeCode} code
         * @memberof shoal.Notice
         * @instance
         */
        Notice.prototype.code = 0;

        /**
         * Milliseconds until it makes sense to try again, 0 if not a matter of time.
         * @member {number} retryMs
         * @memberof shoal.Notice
         * @instance
         */
        Notice.prototype.retryMs = 0;

        /**
         * Encodes the specified Notice message. Does not implicitly {@link shoal.Notice.verify|verify} messages.
         * @function encode
         * @memberof shoal.Notice
         * @static
         * @param {shoal.Notice.$Properties} message Notice message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Notice.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).int32(message.code);
            if (message.retryMs != null && $Object.hasOwnProperty.call(message, "retryMs") && message.retryMs !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.retryMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Notice message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Notice
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Notice & shoal.Notice.$Shape} Notice
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Notice.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Notice();
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
                        if (value = reader.int32())
                            message.code = value;
                        else
                            delete message.code;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.retryMs = value;
                        else
                            delete message.retryMs;
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

        return Notice;
    })();

    /**
     * What became of an event: but for NOTICE_CODE_REPORTED, why it had no effect.
     * @name shoal.NoticeCode
     * @enum {number}
     * @property {number} NOTICE_CODE_UNSPECIFIED=0 Never sent.
     * @property {number} NOTICE_CODE_CHAT_TOO_FAST=1 Chat quota used up (5 lines, one more each 1.5 s); the line was not sent.
     * @property {number} NOTICE_CODE_BAD_TEXT=2 The text is empty or too long; the line was not sent.
     * @property {number} NOTICE_CODE_BAD_LOOK=3 The name is empty or too long, or the colour or gender out of range; the look is unchanged.
     * @property {number} NOTICE_CODE_NOBODY_THERE=4 Nobody with that id is in the room; the whisper or report was not sent.
     * @property {number} NOTICE_CODE_REPORTED=5 The report is with the operators.
     * @property {number} NOTICE_CODE_REPORT_TOO_FAST=6 Too many reports (SPEC A6); this one was not taken.
     * @property {number} NOTICE_CODE_NAME_TAKEN=7 Somebody in the room is called so, or looks so; the look is unchanged.
     * @property {number} NOTICE_CODE_ROOM_BUSY=8 The room's world takes more time than it may: for a while everything here is slower. Told without an event.
     */
    shoal.NoticeCode = (function() {
        const valuesById = $Object.create(null), values = $Object.create(valuesById);
        values[valuesById[0] = "NOTICE_CODE_UNSPECIFIED"] = 0;
        values[valuesById[1] = "NOTICE_CODE_CHAT_TOO_FAST"] = 1;
        values[valuesById[2] = "NOTICE_CODE_BAD_TEXT"] = 2;
        values[valuesById[3] = "NOTICE_CODE_BAD_LOOK"] = 3;
        values[valuesById[4] = "NOTICE_CODE_NOBODY_THERE"] = 4;
        values[valuesById[5] = "NOTICE_CODE_REPORTED"] = 5;
        values[valuesById[6] = "NOTICE_CODE_REPORT_TOO_FAST"] = 6;
        values[valuesById[7] = "NOTICE_CODE_NAME_TAKEN"] = 7;
        values[valuesById[8] = "NOTICE_CODE_ROOM_BUSY"] = 8;
        return values;
    })();

    shoal.Online = (function() {

        /**
         * Properties of an Online.
         * @typedef {Object} shoal.Online.$Properties
         * @property {number|null} [players] Players in the room, 1 or more.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Online.
         * @memberof shoal
         * @interface IOnline
         * @augments shoal.Online.$Properties
         * @deprecated Use shoal.Online.$Properties instead.
         */

        /**
         * Shape of an Online.
         * @typedef {shoal.Online.$Properties} shoal.Online.$Shape
         */

        /**
         * Constructs a new Online.
         * @memberof shoal
         * @classdesc Server to client: the room's population.
         * @constructor
         * @param {shoal.Online.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Online = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Players in the room, 1 or more.
         * @member {number} players
         * @memberof shoal.Online
         * @instance
         */
        Online.prototype.players = 0;

        /**
         * Encodes the specified Online message. Does not implicitly {@link shoal.Online.verify|verify} messages.
         * @function encode
         * @memberof shoal.Online
         * @static
         * @param {shoal.Online.$Properties} message Online message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Online.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.players != null && $Object.hasOwnProperty.call(message, "players") && message.players !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.players);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Online message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Online
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Online & shoal.Online.$Shape} Online
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Online.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Online();
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
                            message.players = value;
                        else
                            delete message.players;
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

        return Online;
    })();

    shoal.Motion = (function() {

        /**
         * Properties of a Motion.
         * @typedef {Object} shoal.Motion.$Properties
         * @property {number|null} [x] Distance from the world's left edge, 1/32 world unit, 0 to the world's width.
         * @property {number|null} [y] Distance from the world's top edge (y grows downwards), 1/32 world unit, 0 to the world's height.
         * @property {number|null} [heading] Direction, 1/65536 turn clockwise from +x, 0 to 65535.
         * @property {number|null} [speed] Speed, 1/8 world unit a second, 0 to 800.
         * @property {boolean|null} [thrust] True while the entity drives itself at cruise speed; false while it coasts and slows down.
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Motion.
         * @memberof shoal
         * @interface IMotion
         * @augments shoal.Motion.$Properties
         * @deprecated Use shoal.Motion.$Properties instead.
         */

        /**
         * Shape of a Motion.
         * @typedef {shoal.Motion.$Properties} shoal.Motion.$Shape
         */

        /**
         * Constructs a new Motion.
         * @memberof shoal
         * @classdesc Motion of one entity, exact, in the integers that the simulation computes with. Entities that carry a
         * Motion field are moved through the cell streams of frame.proto, a byte or so a tick; this message is
         * the whole of it at one moment (the motion rules are in motion.ts, SPEC section M).
         * @constructor
         * @param {shoal.Motion.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Motion = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Distance from the world's left edge, 1/32 world unit, 0 to the world's width.
         * @member {number} x
         * @memberof shoal.Motion
         * @instance
         */
        Motion.prototype.x = 0;

        /**
         * Distance from the world's top edge (y grows downwards), 1/32 world unit, 0 to the world's height.
         * @member {number} y
         * @memberof shoal.Motion
         * @instance
         */
        Motion.prototype.y = 0;

        /**
         * Direction, 1/65536 turn clockwise from +x, 0 to 65535.
         * @member {number} heading
         * @memberof shoal.Motion
         * @instance
         */
        Motion.prototype.heading = 0;

        /**
         * Speed, 1/8 world unit a second, 0 to 800.
         * @member {number} speed
         * @memberof shoal.Motion
         * @instance
         */
        Motion.prototype.speed = 0;

        /**
         * True while the entity drives itself at cruise speed; false while it coasts and slows down.
         * @member {boolean} thrust
         * @memberof shoal.Motion
         * @instance
         */
        Motion.prototype.thrust = false;

        /**
         * Encodes the specified Motion message. Does not implicitly {@link shoal.Motion.verify|verify} messages.
         * @function encode
         * @memberof shoal.Motion
         * @static
         * @param {shoal.Motion.$Properties} message Motion message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Motion.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.x != null && $Object.hasOwnProperty.call(message, "x") && message.x !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.x);
            if (message.y != null && $Object.hasOwnProperty.call(message, "y") && message.y !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.y);
            if (message.heading != null && $Object.hasOwnProperty.call(message, "heading") && message.heading !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.heading);
            if (message.speed != null && $Object.hasOwnProperty.call(message, "speed") && message.speed !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.speed);
            if (message.thrust != null && $Object.hasOwnProperty.call(message, "thrust") && message.thrust !== false)
                writer.uint32(/* id 5, wireType 0 =*/40).bool(message.thrust);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Motion message from the specified reader or buffer.
         * @function decode
         * @memberof shoal.Motion
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {shoal.Motion & shoal.Motion.$Shape} Motion
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Motion.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.shoal.Motion();
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
                            message.x = value;
                        else
                            delete message.x;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.y = value;
                        else
                            delete message.y;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.heading = value;
                        else
                            delete message.heading;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.speed = value;
                        else
                            delete message.speed;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.thrust = value;
                        else
                            delete message.thrust;
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

        return Motion;
    })();

    return shoal;
})();

export {
  $root as default
};
